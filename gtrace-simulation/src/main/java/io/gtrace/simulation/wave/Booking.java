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

  /** Adds all to the series of the run and starts anew. */
  void flush(int hour, Segments segments, WaveResult result) {
    for (int s = 0; s < segments.count(); s++) {
      result.add(hour, segments.cohort(s), counts, s * COUNTS, outputs, energyKwh, s * cells);
    }
    Arrays.fill(counts, 0);
    Arrays.fill(outputs, 0);
    Arrays.fill(energyKwh, 0);
  }
}
