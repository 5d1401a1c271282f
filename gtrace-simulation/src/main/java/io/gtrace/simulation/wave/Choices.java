package io.gtrace.simulation.wave;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of shares as a table to choose from by 32 random bits. Of each 256th part of all numbers it
 * is known where to begin to look, which is nearly always the answer.
 */
final class Choices {
  private static final int BITS = 32;
  private static final int GUIDE_BITS = 8;
  private static final long NEVER = Long.MAX_VALUE;

  private final int width;
  private final long[] below;
  private final byte[] guide;

  private Choices(List<List<Double>> rows, int width) {
    this.width = width;
    below = new long[rows.size() * width];
    guide = new byte[rows.size() << GUIDE_BITS];
    Arrays.fill(below, NEVER);
    for (int row = 0; row < rows.size(); row++) {
      double sum = 0;
      for (int i = 0; i < Math.min(width - 1, rows.get(row).size()); i++) {
        sum += rows.get(row).get(i);
        below[row * width + i] = bound(sum);
      }
      int choice = 0;
      for (int part = 0; part < 1 << GUIDE_BITS; part++) {
        while ((long) part << (BITS - GUIDE_BITS) >= below[row * width + choice]) {
          choice++;
        }
        guide[row << GUIDE_BITS | part] = (byte) choice;
      }
    }
  }

  /**
   * @param rows each of 1 to 127 shares that add up to 1
   */
  static Choices of(List<List<Double>> rows) {
    return new Choices(rows, rows.stream().mapToInt(List::size).max().orElse(1));
  }

  /**
   * @param rows each of up to 126 shares that add up to 1 at most, as many in all; what is left is
   *     one choice more
   */
  static Choices orNone(List<List<Double>> rows) {
    return new Choices(rows, 1 + rows.stream().mapToInt(List::size).max().orElse(0));
  }

  /** The least number above those that stand for a share. */
  static long bound(double share) {
    return (long) Math.ceil(Math.scalb(share, BITS));
  }

  /** The choice of a row that a number from 0 to just below 2^32 stands for. */
  int at(int row, long random) {
    int choice = guide[row << GUIDE_BITS | (int) (random >>> (BITS - GUIDE_BITS))];
    while (random >= below[row * width + choice]) {
      choice++;
    }
    return choice;
  }
}
