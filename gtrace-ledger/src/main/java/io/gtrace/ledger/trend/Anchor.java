package io.gtrace.ledger.trend;

import io.gtrace.uncertainty.Scatter;
import io.gtrace.uncertainty.Shape;
import java.time.Instant;

/**
 * A known amount of the volume, which gives signals their scale.
 *
 * @param from the beginning of the time that it is the amount of
 * @param until its end, exclusive
 * @param amount the amount, with its own error: positive, {@link Shape#LOGNORMAL}
 * @param unit what is counted, as in {@code images}
 * @param source who says so; may be empty
 */
public record Anchor(Instant from, Instant until, Scatter amount, String unit, String source) {
  public Anchor {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException(
          "an anchor must end after it begins, not " + from + " to " + until);
    }
    if (!(amount.median() > 0) || amount.shape() != Shape.LOGNORMAL) {
      throw new IllegalArgumentException("an anchor must be a positive amount");
    }
    if (unit.isBlank()) {
      throw new IllegalArgumentException("an anchor must say what is counted");
    }
  }

  /**
   * The same of a figure with its interval.
   *
   * @throws IllegalArgumentException if the time is empty or the unit blank
   */
  public static Anchor of(
      Instant from, Instant until, StatedFigure amount, String unit, String source) {
    return new Anchor(from, until, amount.scatter(), unit, source);
  }
}
