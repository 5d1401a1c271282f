package io.gtrace.simulation.adoption;

import io.gtrace.simulation.Within;
import io.gtrace.simulation.random.PersonDraws;

/** How long after an adoption its exposures come: the kernel of a self-exciting process. */
public sealed interface Memory {
  /** A delay in hours. */
  double delayHours(PersonDraws draws);

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
    public double delayHours(PersonDraws draws) {
      return draws.exponential() * meanHours;
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
    public double delayHours(PersonDraws draws) {
      return scaleHours * (Math.exp(draws.exponential() / exponent) - 1);
    }
  }
}
