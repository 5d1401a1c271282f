package io.gtrace.simulation.study;

import java.time.Instant;

/**
 * Something about a wave that was counted and published.
 *
 * @param quantity what was counted
 * @param from begin of the time it was counted over
 * @param until its end, after the begin
 * @param value what was published, above 0
 * @param logSd error of the count on the scale of its logarithm, above 0: trackers of the same
 *     thing disagree by a third
 * @param heldOut kept back from the fit, to see whether it foretells it
 * @param source who published it
 */
public record Observation(
    Quantity quantity,
    Instant from,
    Instant until,
    double value,
    double logSd,
    boolean heldOut,
    String source) {

  /** What can be counted. */
  public enum Quantity {
    /** People who took part for the first time. */
    ADOPTERS,
    /** People among them who were new to the service. */
    NEW_USERS,
    /** New users in the hour that had most. */
    NEW_USERS_IN_AN_HOUR,
    /** Outputs made. */
    OUTPUTS
  }

  public Observation {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("an observation must end after it begins: " + from);
    }
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("an observation must be above 0, not " + value);
    }
    if (!(logSd > 0 && logSd <= 5)) {
      throw new IllegalArgumentException(
          "the error of an observation must be above 0 and at most 5, not " + logSd);
    }
  }

  Observation withValue(double newValue) {
    return new Observation(quantity, from, until, newValue, logSd, heldOut, source);
  }
}
