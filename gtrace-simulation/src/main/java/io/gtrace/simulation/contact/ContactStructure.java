package io.gtrace.simulation.contact;

import io.gtrace.simulation.random.PersonDraws;

/** Whom people reach. Safe for use by many threads. */
public sealed interface ContactStructure permits WellMixed, SocialTies {
  /** What tells, one person after the other, whom a person reaches; for one thread. */
  Reach reach();

  /** Whom one person reaches, until it is asked about another. Not for sharing between threads. */
  interface Reach {
    /**
     * Turns to a person.
     *
     * @param cohort of that person
     * @param level of the audience, by {@link io.gtrace.simulation.random.Levels}
     * @param draws a stream of the person's own
     * @return how many the person reaches over how many one reaches on average, at least 0
     */
    double turnTo(long person, int cohort, int level, PersonDraws draws);

    /**
     * One of the people whom the person reaches.
     *
     * @param draws a stream that decides which
     * @return the number of the one reached; never the person
     */
    long contact(PersonDraws draws);
  }
}
