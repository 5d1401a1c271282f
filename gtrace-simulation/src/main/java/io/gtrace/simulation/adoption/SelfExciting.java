package io.gtrace.simulation.adoption;

import io.gtrace.simulation.Within;

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
  public Spreading spreading(int hours) {
    Delays delays = new Delays(memory, hours);
    return (audience, hoursLeft, draws, exposures) -> {
      Exposing.each(branching * audience, delays, hoursLeft, draws, exposures);
      return delays.at(draws.uniform());
    };
  }
}
