package io.gtrace.simulation.contact;

import io.gtrace.simulation.random.PersonDraws;

/** Whom a person reaches. Safe for use by many threads. */
public sealed interface ContactStructure permits WellMixed, SocialTies {
  /**
   * One of the people that a person reaches.
   *
   * @param person who passes on
   * @param cohort of that person
   * @param audience of the person, as {@link #audience} tells it
   * @param draws a stream that decides which
   * @return the number of the one reached; never the person
   */
  long contact(long person, int cohort, double audience, PersonDraws draws);

  /** How many a person reaches over how many one reaches on average, at least 0. */
  double audience(long person, PersonDraws draws);
}
