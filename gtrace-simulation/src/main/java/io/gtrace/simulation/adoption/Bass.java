package io.gtrace.simulation.adoption;

import io.gtrace.simulation.Within;

/**
 * Bass (1969, Management Science 15:215): everyone hears of it from outside at a steady rate, and
 * from each adopter, who goes on telling for ever.
 *
 * @param innovationPerHour p: exposures of a person by media, 0 to 1 in an hour
 * @param imitationPerHour q: exposures that an adopter causes, 0 to 10 in an hour
 */
public record Bass(double innovationPerHour, double imitationPerHour) implements AdoptionModel {
  public Bass {
    Within.require("innovation", innovationPerHour, 0, 1);
    Within.require("imitation", imitationPerHour, 0, 10);
  }

  @Override
  public Spreading spreading(int hours) {
    return new Spreading() {
      @Override
      public double activeHours(long stream) {
        return Double.POSITIVE_INFINITY;
      }

      @Override
      public void expose(double audience, int hoursLeft, long stream, Exposures exposures) {
        Exposing.steadily(imitationPerHour * audience, hoursLeft, stream, exposures);
      }
    };
  }

  @Override
  public double meanExposures(int hours) {
    return imitationPerHour * hours;
  }

  @Override
  public double broadcastPerHour() {
    return innovationPerHour;
  }
}
