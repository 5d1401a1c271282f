package io.gtrace.simulation.wave;

import java.util.Arrays;

/** What happened in a shard in one hour, by segment. */
final class Booking {
  private static final int COUNTS = Count.values().length;

  private final int cells;
  private final long[] counts;
  private final long[] outputs;
  private final double[] energyKwh;

  /**
   * @param cellsOfCohort venues times kinds of output
   */
  Booking(int segments, int cellsOfCohort) {
    cells = cellsOfCohort;
    counts = new long[segments * COUNTS];
    outputs = new long[segments * cellsOfCohort];
    energyKwh = new double[segments * cellsOfCohort];
  }

  void count(int segment, Count count, long number) {
    counts[segment * COUNTS + count.ordinal()] += number;
  }

  /**
   * Counts amounts of several segments.
   *
   * @param segments of each amount
   * @param amounts as many
   */
  void count(int[] segments, int[] amounts, int number, Count count) {
    if (counts.length == COUNTS) {
      int sum = 0;
      for (int i = 0; i < number; i++) {
        sum += amounts[i];
      }
      counts[count.ordinal()] += sum;
      return;
    }
    for (int i = 0; i < number; i++) {
      counts[segments[i] * COUNTS + count.ordinal()] += amounts[i];
    }
  }

  /**
   * Counts what came of sessions, all in one loop: sums of a segment must wait for each other, sums
   * of several counts need not.
   *
   * @param segments of each session
   * @param refused outputs of each; the other columns hold a 1 or a 0
   */
  void countSessions(
      int[] segments,
      int number,
      int[] refused,
      int[] gaveUp,
      int[] stopped,
      int[] adopted,
      int[] newUsers) {
    if (counts.length == COUNTS) {
      count(segments, refused, number, Count.REFUSED);
      count(segments, gaveUp, number, Count.GAVE_UP);
      count(segments, stopped, number, Count.STOPPED);
      count(segments, adopted, number, Count.ADOPTED);
      count(segments, newUsers, number, Count.NEW_USERS);
      return;
    }
    for (int i = 0; i < number; i++) {
      int row = segments[i] * COUNTS;
      counts[row + Count.REFUSED.ordinal()] += refused[i];
      counts[row + Count.GAVE_UP.ordinal()] += gaveUp[i];
      counts[row + Count.STOPPED.ordinal()] += stopped[i];
      counts[row + Count.ADOPTED.ordinal()] += adopted[i];
      counts[row + Count.NEW_USERS.ordinal()] += newUsers[i];
    }
  }

  /** Counts one in each of several segments. */
  void countEach(int[] segments, int number, Count count) {
    if (counts.length == COUNTS) {
      counts[count.ordinal()] += number;
      return;
    }
    for (int i = 0; i < number; i++) {
      counts[segments[i] * COUNTS + count.ordinal()]++;
    }
  }

  /** The place of the first cell of a segment. */
  int cells(int segment) {
    return segment * cells;
  }

  /**
   * @param cell place of the cell, counted over all segments
   * @param number of outputs
   * @param kwh energy of all of them
   */
  void output(int cell, int number, double kwh) {
    outputs[cell] += number;
    energyKwh[cell] += kwh;
  }

  /** Adds all to what the run tells of the hour and starts anew. */
  void flush(Segments segments, HourOfWave made, WaveResult result) {
    for (int s = 0; s < segments.count(); s++) {
      result.add(made.hour(), segments.cohort(s), counts, s * COUNTS);
      made.add(segments.cohort(s), outputs, energyKwh, s * cells);
    }
    Arrays.fill(counts, 0);
    Arrays.fill(outputs, 0);
    Arrays.fill(energyKwh, 0);
  }
}
