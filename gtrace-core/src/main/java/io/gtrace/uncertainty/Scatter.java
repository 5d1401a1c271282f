package io.gtrace.uncertainty;

/**
 * A value and how it may lie otherwise: {@code median} moved by so many standard deviations on the
 * scale of its shape. A value may lie further off on one side than on the other: each half of the
 * draws then has the scatter of its side (Wallis 2014, Statistical Science 29:106, with halves of
 * equal weight, so that the median stays the median).
 *
 * @param median the value in the middle
 * @param sdBelow scatter of what lies below the median, on the scale of {@code shape}; for {@link
 *     Shape#LOGNORMAL} the standard deviation of the natural logarithm
 * @param sdAbove the same of what lies above the median
 * @param shape the scale on which the scatter is normal
 */
public record Scatter(double median, double sdBelow, double sdAbove, Shape shape) {
  /** Standard normal quantile of 0.95: half the width of a 90 % interval. */
  public static final double Z95 = 1.6448536269514722;

  public Scatter {
    if (!Double.isFinite(median)) {
      throw new IllegalArgumentException("median must be finite, not " + median);
    }
    requireSd(sdBelow, shape);
    requireSd(sdAbove, shape);
    if (sdBelow + sdAbove > 0 && !Double.isFinite(shape.toScale(median))) {
      throw new IllegalArgumentException(
          "median " + median + " lies outside the range of " + shape);
    }
  }

  private static void requireSd(double sd, Shape shape) {
    double most = shape == Shape.NORMAL || shape == Shape.NON_NEGATIVE ? Double.MAX_VALUE : 10;
    if (!(sd >= 0 && sd <= most)) {
      throw new IllegalArgumentException("sd must be 0 to " + most + ", not " + sd);
    }
  }

  /** As far off below the median as above it, on the scale of the shape. */
  public Scatter(double median, double sd, Shape shape) {
    this(median, sd, sd, shape);
  }

  public static Scatter exactly(double value) {
    return new Scatter(value, 0, Shape.NORMAL);
  }

  public static Scatter lognormal(double median, double logSd) {
    return new Scatter(median, logSd, Shape.LOGNORMAL);
  }

  /** The scatter about {@code median} whose 90 % interval is from {@code low} to {@code high}. */
  public static Scatter of90(double low, double median, double high, Shape shape) {
    if (!(low <= median && median <= high)) {
      throw new IllegalArgumentException(
          "low, median, high must ascend: " + low + ", " + median + ", " + high);
    }
    if (low == high) {
      return exactly(median);
    }
    double middle = shape.toScale(median);
    double sdOfBound = shape.stretched(Z95);
    return new Scatter(
        median,
        (middle - shape.toScale(low)) / sdOfBound,
        (shape.toScale(high) - middle) / sdOfBound,
        shape);
  }

  /** A positive range of which nothing but the 90 % interval is known: its geometric middle. */
  public static Scatter lognormal90(double low, double high) {
    return of90(low, Math.sqrt(low * high), high, Shape.LOGNORMAL);
  }

  /** Whether the value is known, and nothing scatters. */
  public boolean isExact() {
    return sdBelow == 0 && sdAbove == 0;
  }

  /** Scatter of both sides together, on the scale of the shape: their root mean square. */
  public double sd() {
    return sdBelow == sdAbove ? sdBelow : Math.hypot(sdBelow, sdAbove) / Math.sqrt(2);
  }

  /** The same about the same median with an independent further scatter on the same scale. */
  public Scatter widened(double furtherSd) {
    Shape scale = isExact() && median > 0 ? Shape.LOGNORMAL : shape;
    return new Scatter(
        median, Math.hypot(sdBelow, furtherSd), Math.hypot(sdAbove, furtherSd), scale);
  }

  /** The value when the factor lies {@code score} standard deviations off its median. */
  public double at(double score) {
    double sd = score < 0 ? sdBelow : sdAbove;
    return sd == 0 || score == 0
        ? median
        : shape.fromScale(shape.toScale(median) + sd * shape.stretched(score));
  }

  public double low() {
    return at(-Z95);
  }

  public double high() {
    return at(Z95);
  }
}
