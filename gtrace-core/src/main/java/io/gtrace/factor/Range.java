package io.gtrace.factor;

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

  public Range spanning(Range other) {
    return new Range(Math.min(low, other.low), Math.max(high, other.high));
  }
}
