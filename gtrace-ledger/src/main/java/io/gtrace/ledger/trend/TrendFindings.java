package io.gtrace.ledger.trend;

import io.gtrace.footprint.Quantity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a trend did.
 *
 * @param peak when it was largest
 * @param growth how it rose to its peak; empty if the rise is not seen on three cells
 * @param decay how it fell from its peak, likewise
 */
public record TrendFindings(Peak peak, Optional<Pace> growth, Optional<Pace> decay) {
  private static final double PART_OF_PEAK = 0.1;
  private static final int FEWEST = 3;
  private static final int HOURS_A_DAY = 24;

  /**
   * When a volume was largest.
   *
   * @param at the beginning of the hour or day with the largest median
   * @param volume the volume there
   * @param probability that no other was larger
   * @param earliest the peak came no earlier than this with probability 0.95
   * @param latest and no later than this, likewise
   */
  public record Peak(
      Instant at, Quantity volume, double probability, Instant earliest, Instant latest) {}

  /**
   * How fast a volume changed, on average (a line through its logarithms).
   *
   * @param from the beginning of the rise or fall
   * @param until its end
   * @param rate growth of the logarithm a day; negative where it falls
   */
  public record Pace(Instant from, Instant until, Quantity rate) {
    /** Change a day as a share, as in 0.5 for half as much again. */
    public Quantity changePerDay() {
      return new Quantity(
          Math.expm1(rate.median()), Math.expm1(rate.low()), Math.expm1(rate.high()));
    }

    /**
     * Days in which it doubles if it rises, halves if it falls; infinite where the interval holds
     * no change at all.
     */
    public Quantity days() {
      boolean rises = rate.median() >= 0;
      double fastest = rises ? rate.high() : -rate.low();
      double slowest = rises ? rate.low() : -rate.high();
      return new Quantity(
          Math.log(2) / Math.abs(rate.median()),
          Math.log(2) / fastest,
          slowest > 0 ? Math.log(2) / slowest : Double.POSITIVE_INFINITY);
    }
  }

  /** A row of volumes: cells of an estimate, or whole days of its hours. */
  private static final class Steps {
    final TimeGrid grid;
    final double[][] draws;
    final double[] medians;

    Steps(TimeGrid grid, double[][] draws) {
      this.grid = grid;
      this.draws = draws;
      medians =
          Arrays.stream(draws).mapToDouble(each -> Quantiles.quantity(each).median()).toArray();
    }

    int peak() {
      int peak = 0;
      for (int c = 1; c < medians.length; c++) {
        peak = medians[c] > medians[peak] ? c : peak;
      }
      return peak;
    }

    /** The cell from there in a direction where little is left, or else the least. */
    int foot(int peak, int direction) {
      int least = peak;
      for (int c = peak; c >= 0 && c < medians.length; c += direction) {
        least = medians[c] < medians[least] ? c : least;
        if (medians[c] <= PART_OF_PEAK * medians[peak]) {
          return c;
        }
      }
      return least;
    }
  }

  static TrendFindings of(TrendEstimate estimate) {
    Steps cells = cells(estimate);
    Steps steps = days(estimate).orElse(cells);
    int peak = steps.peak();
    return new TrendFindings(
        peak(cells),
        pace(steps, steps.foot(peak, -1), peak),
        pace(steps, peak, steps.foot(peak, 1)));
  }

  private static Steps cells(TrendEstimate estimate) {
    double[][] draws = new double[estimate.grid().cells()][];
    for (int c = 0; c < draws.length; c++) {
      draws[c] = estimate.volumeDraws(c);
    }
    return new Steps(estimate.grid(), draws);
  }

  /** The whole days of hours: so that nights are no falls. */
  private static Optional<Steps> days(TrendEstimate estimate) {
    TimeGrid grid = estimate.grid();
    if (grid.step() != TimeGrid.Step.HOUR) {
      return Optional.empty();
    }
    Instant midnight = grid.start().truncatedTo(ChronoUnit.DAYS);
    Instant first = midnight.equals(grid.start()) ? midnight : midnight.plus(1, ChronoUnit.DAYS);
    int offset = (int) Math.round(grid.position(first));
    int count = (grid.cells() - offset) / HOURS_A_DAY;
    if (count < FEWEST) {
      return Optional.empty();
    }
    double[][] draws = new double[count][];
    for (int d = 0; d < count; d++) {
      int from = offset + d * HOURS_A_DAY;
      draws[d] = estimate.sum(from, from + HOURS_A_DAY);
    }
    return Optional.of(new Steps(new TimeGrid(first, TimeGrid.Step.DAY, count), draws));
  }

  private static Peak peak(Steps steps) {
    int peak = steps.peak();
    int count = steps.draws[0].length;
    int[] largest = new int[count];
    for (int k = 0; k < count; k++) {
      for (int c = 1; c < steps.draws.length; c++) {
        largest[k] = steps.draws[c][k] > steps.draws[largest[k]][k] ? c : largest[k];
      }
    }
    Arrays.sort(largest);
    long same = Arrays.stream(largest).filter(c -> c == peak).count();
    return new Peak(
        steps.grid.start(peak),
        Quantiles.quantity(steps.draws[peak]),
        (double) same / count,
        steps.grid.start(largest[(int) (0.05 * count)]),
        steps.grid.start(largest[(int) (0.95 * count)]));
  }

  private static Optional<Pace> pace(Steps steps, int from, int until) {
    int length = until - from + 1;
    if (length < FEWEST) {
      return Optional.empty();
    }
    double middle = (length - 1) / 2.0;
    double spread = length * (length * (double) length - 1) / 12;
    double[] rates = new double[steps.draws[0].length];
    for (int k = 0; k < rates.length; k++) {
      for (int i = 0; i < length; i++) {
        rates[k] += (i - middle) * Math.log(steps.draws[from + i][k]) / spread;
      }
      rates[k] /= steps.grid.daysPerCell();
    }
    return Optional.of(
        new Pace(steps.grid.start(from), steps.grid.start(until + 1), Quantiles.quantity(rates)));
  }
}
