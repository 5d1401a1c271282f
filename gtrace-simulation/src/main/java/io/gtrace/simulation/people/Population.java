package io.gtrace.simulation.people;

import java.util.Arrays;
import java.util.List;

/** Cohorts side by side: people are numbered from 0, cohort after cohort. */
public final class Population {
  private final List<Cohort> cohorts;
  private final long[] firstOfCohort;

  /**
   * @param cohorts at least one
   */
  public Population(List<Cohort> cohorts) {
    if (cohorts.isEmpty()) {
      throw new IllegalArgumentException("a population needs people");
    }
    this.cohorts = List.copyOf(cohorts);
    firstOfCohort = new long[cohorts.size() + 1];
    for (int c = 0; c < cohorts.size(); c++) {
      firstOfCohort[c + 1] = Math.addExact(firstOfCohort[c], cohorts.get(c).people());
    }
  }

  public List<Cohort> cohorts() {
    return cohorts;
  }

  public long people() {
    return firstOfCohort[cohorts.size()];
  }

  /** The number of the first person of a cohort. */
  public long first(int cohort) {
    return firstOfCohort[cohort];
  }

  /** The cohort of a person. */
  public int cohortOf(long person) {
    int found = Arrays.binarySearch(firstOfCohort, person);
    return found >= 0 ? found : -found - 2;
  }
}
