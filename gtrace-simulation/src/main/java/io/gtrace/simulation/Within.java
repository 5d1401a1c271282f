package io.gtrace.simulation;

import java.util.List;

/** Refuses parameters out of range. */
public final class Within {
  private static final double TOLERANCE = 1e-6;

  private Within() {}

  /**
   * @throws IllegalArgumentException if the value is no number or lies outside the bounds
   */
  public static void require(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be " + plain(least) + " to " + plain(most) + ", not " + plain(value));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * @throws IllegalArgumentException if a share is none or they do not add up to 1
   */
  public static void requireWhole(String name, List<Double> shares) {
    shares.forEach(share -> require(name, share, 0, 1));
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    if (Math.abs(sum - 1) > TOLERANCE) {
      throw new IllegalArgumentException(name + " must add up to 1, not to " + sum);
    }
  }
}
