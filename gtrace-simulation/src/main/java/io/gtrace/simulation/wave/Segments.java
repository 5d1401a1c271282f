package io.gtrace.simulation.wave;

import io.gtrace.simulation.people.ActivityClock;
import io.gtrace.simulation.people.Population;
import java.util.Arrays;

/** The people of a shard: the parts of cohorts that lie in it. */
final class Segments {
  private static final int STEP_BITS = 10;

  private final long firstPerson;
  private final int firstCohort;
  private final ActivityClock[] clocks;
  private final int[] starts;
  private final int stepShift;
  private final int[] atStep;

  Segments(Population population, long first, int size) {
    firstPerson = first;
    firstCohort = population.cohortOf(first);
    int lastCohort = population.cohortOf(first + size - 1);
    starts = new int[lastCohort - firstCohort + 2];
    for (int c = firstCohort + 1; c <= lastCohort; c++) {
      starts[c - firstCohort] = (int) (population.first(c) - first);
    }
    starts[starts.length - 1] = size;
    clocks = new ActivityClock[starts.length - 1];
    for (int segment = 0; segment < clocks.length; segment++) {
      clocks[segment] = population.cohorts().get(cohort(segment)).clock();
    }
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

  /** Number of the first person; the people of the shard are counted from there. */
  long firstPerson() {
    return firstPerson;
  }

  /** How time passes for the people of each segment; not to be changed. */
  ActivityClock[] clocks() {
    return clocks;
  }

  /** How time passes for the people of a segment. */
  ActivityClock clock(int segment) {
    return clocks[segment];
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

  /**
   * Fills a column with the segments of some people.
   *
   * @param from place of the first of them
   * @param count how many they are
   */
  void of(int[] people, int from, int count, int[] segments) {
    if (starts.length == 2) {
      Arrays.fill(segments, 0, count, 0);
      return;
    }
    for (int i = 0; i < count; i++) {
      segments[i] = of(people[from + i]);
    }
  }

  /** Fills a column with the cohorts of as many segments. */
  void cohorts(int[] segments, int count, int[] cohorts) {
    for (int i = 0; i < count; i++) {
      cohorts[i] = firstCohort + segments[i];
    }
  }
}
