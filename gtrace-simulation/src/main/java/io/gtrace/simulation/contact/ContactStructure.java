package io.gtrace.simulation.contact;

/** Whom people reach. Safe for use by many threads. */
public sealed interface ContactStructure permits WellMixed, SocialTies {
  /** What tells whom people reach, for one thread. */
  Reach reach();

  /** Whom some people reach, a few at a time. Not for sharing between threads. */
  interface Reach {
    /** How many people it can be asked about at a time. */
    int PEOPLE = 256;

    /**
     * Turns to a person.
     *
     * @param place 0 to just below {@value #PEOPLE}: who stood there is forgotten
     * @param cohort of the person
     * @param level of the audience, by {@link io.gtrace.simulation.random.Levels}
     * @param stream first 64 random bits of one of the person's own
     * @return how many the person reaches over how many one reaches on average, at least 0
     */
    double turnTo(int place, long person, int cohort, int level, long stream);

    /**
     * Fills a column with people who are reached; never the one who reaches.
     *
     * @param places of those who reach
     * @param random 64 bits each that decide who; written over
     * @param count how many
     * @param reached takes their numbers
     */
    void contacts(int[] places, long[] random, int count, long[] reached);
  }
}
