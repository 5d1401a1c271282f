package io.gtrace.governance.facts;

import org.apache.commons.statistics.descriptive.Quantile;

/**
 * A value of an indicator, with the interval that holds it with probability 0.9.
 *
 * @param value the value itself
 * @param low the 5 % quantile; the value where it is exact
 * @param high the 95 % quantile
 */
public record Estimate(double value, double low, double high) {
  private static final double[] BOUNDS = {0.05, 0.95};

  /** A value that is counted and not estimated. */
  public static Estimate exact(double value) {
    return new Estimate(value, value, value);
  }

  /**
   * @param draws the value in each joint draw
   */
  public static Estimate of(double value, double[] draws) {
    double[] bounds = Quantile.withDefaults().evaluate(draws, BOUNDS);
    return new Estimate(value, bounds[0], bounds[1]);
  }

  public Estimate times(double factor) {
    return factor < 0
        ? new Estimate(value * factor, high * factor, low * factor)
        : new Estimate(value * factor, low * factor, high * factor);
  }

  /** How far the bounds are apart. */
  public double width() {
    return high - low;
  }

  /** Of an amount that cannot be negative. */
  public Estimate orNothing() {
    return new Estimate(Math.max(0, value), Math.max(0, low), Math.max(0, high));
  }
}
