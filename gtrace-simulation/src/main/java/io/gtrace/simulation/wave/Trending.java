package io.gtrace.simulation.wave;

import io.gtrace.simulation.people.Cohort;
import io.gtrace.simulation.people.Population;

/** How much a wave has been looked up in each country of late, and whom that exposes. */
final class Trending {
  private final Search search;
  private final double[] people;
  private final double[] recent;
  private final double kept;

  Trending(Search search, Population population) {
    this.search = search;
    people = population.cohorts().stream().mapToDouble(Cohort::people).toArray();
    recent = new double[people.length];
    kept = Math.exp(-1 / search.fadingHours());
  }

  /** Takes in the searches of an hour that is over. */
  void add(int hour, WaveResult result) {
    for (int cohort = 0; cohort < recent.length; cohort++) {
      recent[cohort] = kept * recent[cohort] + result.count(hour, cohort, Count.SEARCHED);
    }
  }

  /** Exposures of a person of a cohort in the next hour on average. */
  double exposuresOfPerson(int cohort) {
    // The parts that fade in the hours after a search add up to 1.
    return (1 - kept) * recent[cohort] * search.exposuresPerSearch() / people[cohort];
  }
}
