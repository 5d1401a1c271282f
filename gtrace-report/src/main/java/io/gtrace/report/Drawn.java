package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * A value with every factor at its median and in each joint draw of the factors. Arithmetic goes
 * draw by draw, so that errors which two values share cancel in their ratio and difference.
 */
final class Drawn {
  private static final Quantile QUANTILE = Quantile.withDefaults();
  private static final double[] BOUNDS = {(1 - Quantity.INTERVAL) / 2, (1 + Quantity.INTERVAL) / 2};

  private final double median;
  private final double[] draws;

  private Drawn(double median, double[] draws) {
    this.median = median;
    this.draws = draws;
  }

  static Drawn of(Footprint footprint, Impact impact) {
    return new Drawn(footprint.median(impact), footprint.draws(impact));
  }

  double median() {
    return median;
  }

  Drawn minus(Drawn other) {
    return with(other, (a, b) -> a - b);
  }

  Drawn plus(Drawn other) {
    return with(other, Double::sum);
  }

  Drawn times(Drawn other) {
    return with(other, (a, b) -> a * b);
  }

  Drawn times(double factor) {
    return with(this, (a, same) -> a * factor);
  }

  /** Nothing out of nothing is nothing. */
  Drawn over(Drawn other) {
    return with(other, (a, b) -> b == 0 ? 0 : a / b);
  }

  Quantity quantity() {
    double[] bounds = QUANTILE.evaluate(draws, BOUNDS);
    return new Quantity(median, bounds[0], bounds[1]);
  }

  /** In what share of the draws the value is less than another, 0 to 1. */
  double shareBelow(double other) {
    return Arrays.stream(draws).filter(draw -> draw < other).count() / (double) draws.length;
  }

  private Drawn with(Drawn other, DoubleBinaryOperator operator) {
    double[] result = new double[draws.length];
    for (int k = 0; k < result.length; k++) {
      result[k] = operator.applyAsDouble(draws[k], other.draws[k]);
    }
    return new Drawn(operator.applyAsDouble(median, other.median), result);
  }
}
