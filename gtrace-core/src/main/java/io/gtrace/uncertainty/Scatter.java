package io.gtrace.uncertainty;

/**
 * A value and how it may lie otherwise: {@code median} moved by {@code sd} standard deviations on
 * the scale of its shape. With {@code sd} zero it is exact.
 *
 * @param median the value in the middle
 * @param sd scatter on the scale of {@code shape}; for {@link Shape#LOGNORMAL} the standard
 *     deviation of the natural logarithm
 * @param shape the scale on which the scatter is normal
 */
public record Scatter(double median, double sd, Shape shape) {
  /** Standard normal quantile of 0.95: half the width of a 90 % interval. */
  public static final double Z95 = 1.6448536269514722;

  public Scatter {
    if (!Double.isFinite(median)) {
      throw new IllegalArgumentException("median must be finite, not " + median);
    }
    double most = shape == Shape.NORMAL || shape == Shape.NON_NEGATIVE ? Double.MAX_VALUE : 10;
    if (!(sd >= 0 && sd <= most)) {
      throw new IllegalArgumentException("sd must be 0 to " + most + ", not " + sd);
    }
    if (sd > 0 && !Double.isFinite(shape.toScale(median))) {
      throw new IllegalArgumentException(
          "median " + median + " lies outside the range of " + shape);
    }
  }

  public static Scatter exactly(double value) {
    return new Scatter(value, 0, Shape.NORMAL);
  }

  public static Scatter lognormal(double median, double logSd) {
    return new Scatter(median, logSd, Shape.LOGNORMAL);
  }

  /**
   * The scatter whose 90 % interval on the shape's scale is as wide as from {@code low} to {@code
   * high}, about {@code median}.
   */
  public static Scatter of90(double low, double median, double high, Shape shape) {
    if (!(low <= median && median <= high)) {
      throw new IllegalArgumentException(
          "low, median, high must ascend: " + low + ", " + median + ", " + high);
    }
    if (low == high) {
      return exactly(median);
    }
    return new Scatter(
        median, (shape.toScale(high) - shape.toScale(low)) / (2 * shape.stretched(Z95)), shape);
  }

  /** A positive range of which nothing but the 90 % interval is known: its geometric middle. */
  public static Scatter lognormal90(double low, double high) {
    return of90(low, Math.sqrt(low * high), high, Shape.LOGNORMAL);
  }

  /** The same about the same median with an independent further scatter on the same scale. */
  public Scatter widened(double furtherSd) {
    Shape scale = sd == 0 && median > 0 ? Shape.LOGNORMAL : shape;
    return new Scatter(median, Math.hypot(sd, furtherSd), scale);
  }

  /** The value when the factor lies {@code score} standard deviations off its median. */
  public double at(double score) {
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
