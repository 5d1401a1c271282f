package io.gtrace.footprint;

import java.util.List;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Ways to do the same work, set beside each other in one impact draw by draw: an error that all of
 * them share tells none of them from another. What one activity varies by averages out and is left
 * out.
 */
public final class Ranking {
  private static final Quantile QUANTILE = Quantile.withDefaults().withCopy(false);
  private static final double[] BOUNDS = {(1 - Quantity.INTERVAL) / 2, (1 + Quantity.INTERVAL) / 2};

  private final double[] medians;
  private final double[][] draws;

  /**
   * @param footprints of the same work, priced by one factor set
   * @throws IllegalArgumentException if there are none, or their factor sets differ
   * @throws IllegalStateException if the impact is not known of one of them
   */
  public Ranking(List<Footprint> footprints, Impact impact) {
    if (footprints.stream().map(Footprint::factorSet).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "only footprints of one factor set can be set beside each other");
    }
    medians = footprints.stream().mapToDouble(each -> each.median(impact)).toArray();
    draws = footprints.stream().map(each -> each.draws(impact)).toArray(double[][]::new);
  }

  /** Probability that one costs less than another, 0 to 1; both are places in the list. */
  public double probabilityOfLess(int one, int other) {
    int less = 0;
    for (int k = 0; k < draws[one].length; k++) {
      less += draws[one][k] < draws[other][k] ? 1 : 0;
    }
    return (double) less / draws[one].length;
  }

  /** Probability that one costs less than all others, 0 to 1. */
  public double probabilityOfLeast(int one) {
    int least = 0;
    for (int k = 0; k < draws[one].length; k++) {
      least += isLeast(one, k) ? 1 : 0;
    }
    return (double) least / draws[one].length;
  }

  private boolean isLeast(int one, int k) {
    for (int other = 0; other < draws.length; other++) {
      if (other != one && !(draws[one][k] < draws[other][k])) {
        return false;
      }
    }
    return true;
  }

  /** How much more one costs than another, in the unit of the impact; below 0 if it costs less. */
  public Quantity difference(int one, int other) {
    double[] differences = new double[draws[one].length];
    for (int k = 0; k < differences.length; k++) {
      differences[k] = draws[one][k] - draws[other][k];
    }
    return quantity(medians[one] - medians[other], differences);
  }

  /** One over another; not a number where both cost nothing. */
  public Quantity ratio(int one, int other) {
    double[] ratios = new double[draws[one].length];
    for (int k = 0; k < ratios.length; k++) {
      ratios[k] = draws[one][k] / draws[other][k];
    }
    return quantity(medians[one] / medians[other], ratios);
  }

  private static Quantity quantity(double median, double[] drawn) {
    double[] bounds = QUANTILE.evaluate(drawn, BOUNDS);
    return new Quantity(median, bounds[0], bounds[1]);
  }
}
