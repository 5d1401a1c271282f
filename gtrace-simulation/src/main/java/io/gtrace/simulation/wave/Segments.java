package io.gtrace.simulation.wave;

import io.gtrace.simulation.people.Population;

/** The parts of cohorts that lie in a shard. */
final class Segments {
  private static final int STEP_BITS = 10;

  private final int firstCohort;
  private final int[] starts;
  private final int stepShift;
  private final int[] atStep;

  Segments(Population population, long first, int size) {
    firstCohort = population.cohortOf(first);
    int lastCohort = population.cohortOf(first + size - 1);
    starts = new int[lastCohort - firstCohort + 2];
    for (int c = firstCohort + 1; c <= lastCohort; c++) {
      starts[c - firstCohort] = (int) (population.first(c) - first);
    }
    starts[starts.length - 1] = size;
    stepShift = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1) - STEP_BITS);
    atStep = new int[((size - 1) >> stepShift) + 1];
    int segment = 0;
    for (int step = 0; step < atStep.length; step++) {
      while (step << stepShift >= starts[segment + 1]) {
        segment++;
      }
      atStep[step] = segment;
    }
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

  /** The segment of a person of the shard. */
  int of(int person) {
    if (starts.length == 2) {
      return 0;
    }
    int segment = atStep[person >> stepShift];
    while (person >= starts[segment + 1]) {
      segment++;
    }
    return segment;
  }
}
