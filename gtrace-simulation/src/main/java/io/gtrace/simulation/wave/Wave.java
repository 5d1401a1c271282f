package io.gtrace.simulation.wave;

import io.gtrace.simulation.adoption.AdoptionModel;
import io.gtrace.simulation.contact.ContactStructure;
import io.gtrace.simulation.people.Population;
import io.gtrace.simulation.use.Use;
import java.util.Optional;

/**
 * A wave to be simulated: who, how it spreads, what people do.
 *
 * @param population who can be reached
 * @param hours length of the run, 1 to 100,000 h
 * @param adoption how it spreads
 * @param contacts whom adopters expose
 * @param broadcast exposures from outside
 * @param search how it is met by looking it up; {@link Search#NONE} if not at all
 * @param use what adopters do; empty if only adoption is of interest
 */
public record Wave(
    Population population,
    int hours,
    AdoptionModel adoption,
    ContactStructure contacts,
    Broadcast broadcast,
    Search search,
    Optional<Use> use) {
  /** Ten years and more. */
  public static final int MOST_HOURS = 100_000;

  public Wave {
    if (hours < 1 || hours > MOST_HOURS) {
      throw new IllegalArgumentException("hours must be 1 to " + MOST_HOURS + ", not " + hours);
    }
    use.ifPresent(of -> {
      if (of.habits().size() != population.cohorts().size()) {
        throw new IllegalArgumentException(
            "habits are given for "
                + of.habits().size()
                + " of "
                + population.cohorts().size()
                + " cohorts");
      }
    });
  }
}
