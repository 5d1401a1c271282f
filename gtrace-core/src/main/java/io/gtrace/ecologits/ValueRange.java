package io.gtrace.ecologits;

import java.util.function.DoubleBinaryOperator;

/**
 * A number, or two ends between which it lies.
 *
 * @param low lower end, zero or more
 * @param high upper end, not below the lower
 */
public record ValueRange(double low, double high) {
  public ValueRange {
    if (!(low >= 0 && low <= high && high < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a range must ascend and not be negative, unlike " + low + ".." + high);
    }
  }

  public static ValueRange exactly(double value) {
    return new ValueRange(value, value);
  }

  /**
   * Reads {@code 111} or {@code 20..70}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static ValueRange parse(String text) {
    int dots = text.indexOf("..");
    try {
      return dots < 0
          ? exactly(Double.parseDouble(text))
          : new ValueRange(
              Double.parseDouble(text.substring(0, dots)),
              Double.parseDouble(text.substring(dots + 2)));
    } catch (NumberFormatException notNumbers) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither a number nor a range such as 20..70", notNumbers);
    }
  }

  /** Half-way between the ends. */
  public double middle() {
    return low + (high - low) / 2;
  }

  ValueRange plus(ValueRange other) {
    return endByEnd(other, Double::sum);
  }

  ValueRange times(double factor) {
    return new ValueRange(low * factor, high * factor);
  }

  private ValueRange endByEnd(ValueRange other, DoubleBinaryOperator operator) {
    return new ValueRange(
        operator.applyAsDouble(low, other.low), operator.applyAsDouble(high, other.high));
  }
}
