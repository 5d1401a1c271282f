package io.gtrace.ledger.trend;

import java.time.Duration;
import java.time.Instant;

/**
 * What a signal says of one period.
 *
 * @param from its beginning
 * @param until its end, exclusive
 * @param reading an index: its mean over the period; a count: the sum over the period
 * @param partial whether the period was not over when it was read
 */
public record Observation(Instant from, Instant until, Reading reading, boolean partial) {
  public Observation {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException(
          "a period must end after it begins, not " + from + " to " + until);
    }
  }

  double hours() {
    return Duration.between(from, until).toSeconds() / 3_600.0;
  }

  Instant middle() {
    return from.plus(Duration.between(from, until).dividedBy(2));
  }
}
