package io.gtrace.simulation.wave;

import io.gtrace.simulation.people.Population;

/**
 * How often what happened in a run, by hour and cohort. Filled by the run, read-only for everyone
 * else.
 */
public final class WaveResult {
  private static final int COUNTS = Count.values().length;

  private final Population population;
  private final int cohorts;
  private final long[] counts;
  private int hours;

  WaveResult(Wave wave) {
    population = wave.population();
    cohorts = population.cohorts().size();
    counts = new long[Math.multiplyExact(wave.hours() * cohorts, COUNTS)];
  }

  void add(int hour, int cohort, long[] added, int from) {
    int at = (hour * cohorts + cohort) * COUNTS;
    for (int c = 0; c < COUNTS; c++) {
      counts[at + c] += added[from + c];
    }
  }

  void finished(int hour) {
    hours = hour + 1;
  }

  /** Hours that were simulated: fewer than asked for if the run was stopped. */
  public int hours() {
    return hours;
  }

  public Population population() {
    return population;
  }

  /** How often something happened in an hour in a cohort. */
  public long count(int hour, int cohort, Count count) {
    return counts[(hour * cohorts + cohort) * COUNTS + count.ordinal()];
  }

  /** How often something happened in an hour. */
  public long count(int hour, Count count) {
    long sum = 0;
    for (int cohort = 0; cohort < cohorts; cohort++) {
      sum += count(hour, cohort, count);
    }
    return sum;
  }

  /** How often something happened in the run. */
  public long count(Count count) {
    long sum = 0;
    for (int hour = 0; hour < hours; hour++) {
      sum += count(hour, count);
    }
    return sum;
  }

  /** Outputs made in an hour for a cohort: what was wanted and not refused. */
  public long outputs(int hour, int cohort) {
    return count(hour, cohort, Count.WANTED) - count(hour, cohort, Count.REFUSED);
  }

  /** Outputs made in an hour. */
  public long outputs(int hour) {
    return count(hour, Count.WANTED) - count(hour, Count.REFUSED);
  }
}
