package io.gtrace.simulation.adoption;

import io.gtrace.simulation.Within;

/** How long after an adoption its exposures come: the kernel of a self-exciting process. */
public sealed interface Memory {
  /** The share of delays that end within so many hours, which are at least 0. */
  double shareWithin(double hours);

  /**
   * The delay that a share of all delays does not exceed, h: the inverse of {@link #shareWithin}.
   *
   * @param share 0 to just below 1
   */
  double quantileHours(double share);

  /**
   * Interest that fades at a steady rate.
   *
   * @param meanHours mean delay, 0.001 to 100,000 h
   */
  record Exponential(double meanHours) implements Memory {
    public Exponential {
      Within.require("mean hours", meanHours, 0.001, 100_000);
    }

    @Override
    public double shareWithin(double hours) {
      return -Math.expm1(-hours / meanHours);
    }

    @Override
    public double quantileHours(double share) {
      return -Math.log1p(-share) * meanHours;
    }
  }

  /**
   * Interest with a heavy tail: the share left after t hours is (1 + t / scale)^-exponent (Lomax).
   *
   * @param scaleHours 0.001 to 100,000 h
   * @param exponent 0.1 to 10; the mean is finite above 1
   */
  record PowerLaw(double scaleHours, double exponent) implements Memory {
    public PowerLaw {
      Within.require("scale hours", scaleHours, 0.001, 100_000);
      Within.require("exponent", exponent, 0.1, 10);
    }

    @Override
    public double shareWithin(double hours) {
      return -Math.expm1(-exponent * Math.log1p(hours / scaleHours));
    }

    @Override
    public double quantileHours(double share) {
      return scaleHours * Math.expm1(-Math.log1p(-share) / exponent);
    }
  }
}
