package io.gtrace.simulation.use;

import java.util.List;

/** Checks of shares and other bounded numbers. */
final class Share {
  private static final double TOLERANCE = 1e-6;

  private Share() {}

  static void require(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", not " + value);
    }
  }

  static void requireWhole(String name, List<Double> shares) {
    shares.forEach(share -> require(name, share, 0, 1));
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    require("sum of the " + name, sum, 1 - TOLERANCE, 1 + TOLERANCE);
  }
}
