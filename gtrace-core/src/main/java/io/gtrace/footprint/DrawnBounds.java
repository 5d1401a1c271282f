package io.gtrace.footprint;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * The bounds of an interval over joint draws. They lie in the tails, and only these are sorted: the
 * draws are counted by their size first, in steps of nearly equal ratios, which tells where the
 * tails begin.
 */
final class DrawnBounds {
  private static final Quantile QUANTILE = Quantile.withDefaults().withCopy(false);
  private static final double[] BOUNDS = {0.05, 0.95};
  private static final int FEWEST_DRAWS = 256;
  private static final int STEP_BITS = 8;

  /** The bits of doubles that are not negative are whole numbers in the same order. */
  private static final long BITS_OF_INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  private DrawnBounds() {}

  /**
   * The 5 % and the 95 % quantile.
   *
   * @param draws reordered
   */
  static double[] of(double[] draws) {
    if (draws.length < FEWEST_DRAWS) {
      return QUANTILE.evaluate(draws, BOUNDS);
    }
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (double draw : draws) {
      long bits = Double.doubleToRawLongBits(draw);
      least = Math.min(least, bits);
      most = Math.max(most, bits);
    }
    boolean isOrdered = least >= 0 && most <= BITS_OF_INFINITY;
    return isOrdered ? ofTails(draws, least, most) : QUANTILE.evaluate(draws, BOUNDS);
  }

  /**
   * The same of draws none of which is negative.
   *
   * @param least the bits of the least of them
   */
  private static double[] ofTails(double[] draws, long least, long most) {
    int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(most - least) - STEP_BITS);
    int[] counts = new int[1 << STEP_BITS];
    for (double draw : draws) {
      counts[(int) ((Double.doubleToRawLongBits(draw) - least) >>> shift)]++;
    }
    // A bound lies between two draws of a tail, or between its last and the next.
    int needed = (int) Math.ceil(BOUNDS[0] * draws.length) + 1;
    int lows = 0;
    int endOfLow = 0;
    while (lows < needed) {
      lows += counts[endOfLow];
      endOfLow++;
    }
    int highs = 0;
    int beginOfHigh = counts.length;
    while (highs < needed) {
      beginOfHigh--;
      highs += counts[beginOfHigh];
    }
    if (endOfLow > beginOfHigh) {
      return QUANTILE.evaluate(draws, BOUNDS);
    }
    double lowEnd = Double.longBitsToDouble(least + ((long) endOfLow << shift) - 1);
    double highBegin = Double.longBitsToDouble(least + ((long) beginOfHigh << shift));
    return between(draws, sortedTails(draws, lowEnd, lows, highBegin, highs), lows);
  }

  /** The low tail from the front and the high one at the end, with a draw or two of no meaning. */
  private static double[] sortedTails(
      double[] draws, double lowEnd, int lows, double highBegin, int highs) {
    double[] tails = new double[lows + highs + 2];
    int nextLow = 0;
    int nextHigh = tails.length - 1;
    // Written always and kept only if it belongs there: branches would be guessed wrong too often.
    for (double draw : draws) {
      tails[nextLow] = draw;
      nextLow += draw <= lowEnd ? 1 : 0;
      tails[nextHigh] = draw;
      nextHigh -= draw >= highBegin ? 1 : 0;
    }
    Arrays.sort(tails, 0, lows);
    Arrays.sort(tails, tails.length - highs, tails.length);
    return tails;
  }

  private static double[] between(double[] draws, double[] tails, int lows) {
    int offset = tails.length - draws.length;
    return QUANTILE.evaluate(draws.length, i -> tails[i < lows ? i : i + offset], BOUNDS);
  }
}
