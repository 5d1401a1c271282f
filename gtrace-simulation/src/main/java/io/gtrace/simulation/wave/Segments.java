package io.gtrace.simulation.wave;

import io.gtrace.simulation.people.Population;

/** The parts of cohorts that lie in a shard. */
final class Segments {
  private final int firstCohort;
  private final int[] starts;

  Segments(Population population, long first, int size) {
    firstCohort = population.cohortOf(first);
    int lastCohort = population.cohortOf(first + size - 1);
    starts = new int[lastCohort - firstCohort + 2];
    for (int c = firstCohort + 1; c <= lastCohort; c++) {
      starts[c - firstCohort] = (int) (population.first(c) - first);
    }
    starts[starts.length - 1] = size;
  }

  int count() {
    return starts.length - 1;
  }

  int cohort(int segment) {
    return firstCohort + segment;
  }

  int start(int segment) {
    return starts[segment];
  }

  int size(int segment) {
    return starts[segment + 1] - starts[segment];
  }

  /** The segment of a person of the shard; there are few where speed matters. */
  int of(int person) {
    int segment = 0;
    while (person >= starts[segment + 1]) {
      segment++;
    }
    return segment;
  }
}
