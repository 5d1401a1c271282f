package io.gtrace.factor;

import io.gtrace.uncertainty.Scatter;

/** A positive quantity known exactly ({@code low == high}) or as a 90 % interval. */
public record Range(double low, double high) {
  public Range {
    if (!(low > 0 && low <= high && high < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a range must ascend and be positive, not " + low + " to " + high);
    }
  }

  public static Range exactly(double value) {
    return new Range(value, value);
  }

  /** Geometric middle. */
  public double middle() {
    return Math.sqrt(low * high);
  }

  /** The range as an uncertain value: exact, or lognormal about its middle. */
  public Scatter scatter() {
    return low == high ? Scatter.exactly(low) : Scatter.lognormal90(low, high);
  }

  public Range spanning(Range other) {
    return new Range(Math.min(low, other.low), Math.max(high, other.high));
  }
}
