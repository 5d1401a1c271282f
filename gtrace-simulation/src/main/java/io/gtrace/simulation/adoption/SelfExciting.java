package io.gtrace.simulation.adoption;

import io.gtrace.simulation.Within;
import io.gtrace.simulation.random.PersonDraws;

/**
 * Hawkes process on a finite population (HawkesN; Rizoiu et al. 2018, WWW), which on a contact
 * structure is the independent cascade: an adopter causes a Poisson number of exposures, each after
 * a delay of its own.
 *
 * @param branching exposures that an adopter causes on average, 0 to 1,000
 * @param memory their delays
 */
public record SelfExciting(double branching, Memory memory) implements AdoptionModel {
  public SelfExciting {
    Within.require("branching", branching, 0, 1_000);
  }

  @Override
  public double meanExposures(int hours) {
    return branching * memory.shareWithin(hours);
  }

  @Override
  public Spreading spreading(int hours) {
    Delays delays = new Delays(memory, hours);
    return new Spreading() {
      @Override
      public double activeHours(long stream) {
        return delays.at(PersonDraws.uniform(PersonDraws.later(stream, Exposing.DURATION)));
      }

      @Override
      public void expose(double audience, int hoursLeft, long stream, Exposures exposures) {
        // The shares of all delays that have passed when exposures come are a Poisson process of
        // constant rate, so that each exposure takes one number, and they come in order.
        Exposing.steadily(branching * audience, delays.shareWithin(hoursLeft), stream, exposures);
      }

      @Override
      public void delays(double[] at, int count) {
        for (int i = 0; i < count; i++) {
          at[i] = delays.at(at[i]);
        }
      }
    };
  }
}
