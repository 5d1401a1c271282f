package io.gtrace.simulation.study;

import io.gtrace.footprint.Quantity;
import org.apache.commons.statistics.descriptive.Quantile;

/** Intervals of drawn values. */
final class Quantities {
  private static final double[] BOUNDS = {
    (1 - Quantity.INTERVAL) / 2, 0.5, (1 + Quantity.INTERVAL) / 2
  };

  private Quantities() {}

  static Quantity exactly(double value) {
    return new Quantity(value, value, value);
  }

  /** The middle and the interval of values. */
  static Quantity of(double[] values) {
    double[] bounds = Quantile.withDefaults().withCopy(true).evaluate(values, BOUNDS);
    return new Quantity(bounds[1], bounds[0], bounds[2]);
  }

  /** A figure with the interval of its draws. */
  static Quantity of(double median, double[] draws) {
    Quantity drawn = of(draws);
    return new Quantity(median, Math.min(median, drawn.low()), Math.max(median, drawn.high()));
  }
}
