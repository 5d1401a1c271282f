package io.gtrace.simulation.study;

import java.time.Instant;
import java.util.List;

/**
 * Interest in a wave over time, such as searches, page views or posts: its shape tells of the wave,
 * its scale is not known.
 *
 * @param name for people
 * @param interest what of the wave it goes with
 * @param periods by time; at least two that are not held out
 */
public record InterestSeries(String name, Interest interest, List<Period> periods) {

  /** What of a wave people show an interest with. */
  public enum Interest {
    /** People who notice it. */
    NOTICED,
    /** People who look it up; nobody does in a study that says nothing of search. */
    SEARCHES,
    /** People who take part for the first time. */
    ADOPTERS,
    /** Outputs made. */
    OUTPUTS
  }

  /**
   * What a series says of a time.
   *
   * @param from its begin
   * @param until its end, after the begin
   * @param level mean over the time in any unit, above 0
   * @param logSd error of it on the scale of its logarithm, above 0 and at most 5
   * @param heldOut kept back from the fit, to see whether it foretells it
   */
  public record Period(Instant from, Instant until, double level, double logSd, boolean heldOut) {
    public Period {
      if (!from.isBefore(until)) {
        throw new IllegalArgumentException("a period must end after it begins: " + from);
      }
      if (!(level > 0 && level < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a level must be above 0, not " + level);
      }
      if (!(logSd > 0 && logSd <= 5)) {
        throw new IllegalArgumentException(
            "the error of a level must be above 0 and at most 5, not " + logSd);
      }
    }

    Period withLevel(double newLevel) {
      return new Period(from, until, newLevel, logSd, heldOut);
    }
  }

  public InterestSeries {
    periods = List.copyOf(periods);
    if (periods.stream().filter(each -> !each.heldOut()).count() < 2) {
      throw new IllegalArgumentException(
          name + ": a shape needs at least two periods that are not held out");
    }
  }
}
