package io.gtrace.simulation.adoption;

import io.gtrace.simulation.random.PersonDraws;

/**
 * How adopters expose others, and what an exposure does. An exposure is one that is seen and could
 * move; posts that nobody heeds are not counted.
 */
public sealed interface AdoptionModel permits SusceptibleInfectious, Bass, SelfExciting, Threshold {

  /** Who hears of exposures. */
  @FunctionalInterface
  interface Exposures {
    /**
     * One exposure.
     *
     * @param at hours after the adoption, or what {@link Spreading#delays} makes them of
     * @param stream first 64 random bits of one that belongs to this exposure
     * @param counts 1 if there is one, 0 if not
     */
    void after(double at, long stream, int counts);
  }

  /**
   * What adopters do in a run of a certain length. What an adopter does follows from a stream of
   * the adopter's own, given by its first 64 random bits. Safe for use by many threads.
   */
  interface Spreading {
    /**
     * Hours for which an adopter goes on exposing; infinite if beyond the end of the run.
     *
     * @param stream of the adopter
     */
    double activeHours(long stream);

    /**
     * Tells the exposures that one adopter causes.
     *
     * @param audience how many the adopter reaches over the mean, at least 0
     * @param hoursLeft hours until the end of the run, 1 to all; later exposures need not be told
     * @param stream of the adopter
     */
    void expose(double audience, int hoursLeft, long stream, Exposures exposures);

    /**
     * Makes hours of what exposures were told with: for many at once, and none that do not count.
     *
     * @param at of each exposure; takes the hours after its adoption
     * @param count how many of them
     */
    default void delays(double[] at, int count) {}
  }

  /**
   * How adopters expose others in a run.
   *
   * @param hours length of the run, at least 1
   */
  Spreading spreading(int hours);

  /** Exposures that an adopter causes on average within so many hours. */
  double meanExposures(int hours);

  /** Hours between noticing and adopting, where nothing else decides that. */
  default double latentHours(PersonDraws draws) {
    return 0;
  }

  /** Exposures that a person needs to notice, 1 to 63. */
  default int exposuresNeeded(PersonDraws draws) {
    return 1;
  }

  /** Exposures of each person in an hour by what comes from outside, such as media. */
  default double broadcastPerHour() {
    return 0;
  }
}
