package io.gtrace.simulation.adoption;

import io.gtrace.simulation.Within;
import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.random.PersonDraws;

/**
 * SIR and SEIR (Kermack and McKendrick 1927): an adopter exposes others at a steady rate while
 * active, and is active for an exponential time. One who was exposed adopts after a further
 * exponential time; SIR has none.
 *
 * @param reproductionNumber exposures that an adopter causes on average, R0, 0 to 1,000
 * @param activeHours mean time of exposing others, 0.001 to 100,000 h
 * @param latentHours mean time from exposure to adoption, 0 to 100,000 h
 */
public record SusceptibleInfectious(
    double reproductionNumber, double activeHours, double latentHours) implements AdoptionModel {
  public SusceptibleInfectious {
    Within.require("reproduction number", reproductionNumber, 0, 1_000);
    Within.require("active hours", activeHours, 0.001, 100_000);
    Within.require("latent hours", latentHours, 0, 100_000);
  }

  @Override
  public double meanExposures(int hours) {
    return -reproductionNumber * Math.expm1(-hours / activeHours);
  }

  @Override
  public Spreading spreading(int hours) {
    return new Spreading() {
      @Override
      public double activeHours(long stream) {
        return Levels.Exponential.of(PersonDraws.later(stream, Exposing.DURATION)) * activeHours;
      }

      @Override
      public void expose(double audience, int hoursLeft, long stream, Exposures exposures) {
        double ratePerHour = reproductionNumber / activeHours * audience;
        double until = Math.min(activeHours(stream), hoursLeft);
        Exposing.steadily(ratePerHour, until, stream, exposures);
      }
    };
  }

  @Override
  public double latentHours(PersonDraws draws) {
    return latentHours == 0 ? 0 : draws.exponential() * latentHours;
  }
}
