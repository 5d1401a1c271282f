package io.gtrace.footprint;

/**
 * A figure and the interval that holds it with probability 0.9.
 *
 * @param median the figure with every factor at its median; figures of parts add up to the figure
 *     of the whole
 * @param low 5 % quantile over the joint draws
 * @param high 95 % quantile over the joint draws
 */
public record Quantity(double median, double low, double high) {
  /** Probability that the interval holds the true value, if the factors' scatter is right. */
  public static final double INTERVAL = 0.9;

  public static final Quantity ZERO = new Quantity(0, 0, 0);
}
