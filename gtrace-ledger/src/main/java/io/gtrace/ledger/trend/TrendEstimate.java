package io.gtrace.ledger.trend;

import io.gtrace.footprint.Quantity;
import io.gtrace.uncertainty.Draws;
import java.util.List;

/**
 * A volume over time, estimated from signals and anchors: joint draws, whose k-th belongs to the
 * same state of the world as the k-th of every factor of the {@link Draws} that it was made with.
 * Immutable.
 */
public final class TrendEstimate {
  private final TimeGrid grid;
  private final String unit;
  private final boolean absolute;
  private final double[][] volumes;
  private final List<Coverage> coverage;
  private final List<FittedSignal> signals;
  private final List<FittedAnchor> anchors;
  private final List<String> notes;

  TrendEstimate(
      TimeGrid grid,
      String unit,
      boolean absolute,
      double[][] volumes,
      List<Coverage> coverage,
      List<FittedSignal> signals,
      List<FittedAnchor> anchors,
      List<String> notes) {
    this.grid = grid;
    this.unit = unit;
    this.absolute = absolute;
    this.volumes = volumes;
    this.coverage = List.copyOf(coverage);
    this.signals = List.copyOf(signals);
    this.anchors = List.copyOf(anchors);
    this.notes = List.copyOf(notes);
  }

  /**
   * Estimates the volume behind signals.
   *
   * @param anchors known amounts; without any, the signal named as the volume, or else the first
   *     one, is the volume itself
   * @param draws of the factors that will price it
   * @throws IllegalArgumentException if the signals or anchors do not go together; the message says
   *     why
   */
  public static TrendEstimate of(
      List<Signal> signals, List<Anchor> anchors, EstimateOptions options, Draws draws) {
    return new TrendEstimator(signals, anchors, options, draws).estimate();
  }

  /** The hours or days that it is estimated for. */
  public TimeGrid grid() {
    return grid;
  }

  /** What is counted, as in {@code images}; without a scale, what the index is of. */
  public String unit() {
    return unit;
  }

  /** Whether volumes are amounts; else they are values of an index. */
  public boolean isAbsolute() {
    return absolute;
  }

  /** The volume of a cell. */
  public Quantity volume(int cell) {
    return Quantiles.quantity(volumes[cell]);
  }

  /** The volume of a cell in each draw, a fresh array. */
  public double[] volumeDraws(int cell) {
    return volumes[cell].clone();
  }

  /** The whole volume; errors that the cells share do not average out. */
  public Quantity total() {
    return Quantiles.quantity(totalDraws());
  }

  /** The whole volume in each draw. */
  public double[] totalDraws() {
    return sum(0, grid.cells());
  }

  /** The volume of some cells together in each draw. */
  public double[] sum(int fromCell, int untilCell) {
    double[] sum = new double[volumes[0].length];
    for (int c = fromCell; c < untilCell; c++) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += volumes[c][k];
      }
    }
    return sum;
  }

  /** What is known of each cell. */
  public List<Coverage> coverage() {
    return coverage;
  }

  public List<FittedSignal> signals() {
    return signals;
  }

  public List<FittedAnchor> anchors() {
    return anchors;
  }

  /** What was assumed, left out or found to disagree. */
  public List<String> notes() {
    return notes;
  }

  /** Peak, growth and decay. */
  public TrendFindings findings() {
    return TrendFindings.of(this);
  }
}
