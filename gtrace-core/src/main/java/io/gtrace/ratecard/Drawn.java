package io.gtrace.ratecard;

import java.util.Arrays;

/**
 * A number that is not known exactly.
 *
 * @param median its value with every factor at its median
 * @param draws its value in each joint draw of the factors; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one, and too large to copy
public record Drawn(double median, double[] draws) {

  /** So many times the number. */
  Drawn times(double factor) {
    return new Drawn(median * factor, Arrays.stream(draws).map(value -> value * factor).toArray());
  }
}
