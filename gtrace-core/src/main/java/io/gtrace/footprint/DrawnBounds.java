package io.gtrace.footprint;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * The bounds of an interval over joint draws. They lie in the tails, and only these are sorted: a
 * few draws tell about where the tails begin, and if they were wrong all draws are looked through.
 */
final class DrawnBounds {
  private static final Quantile QUANTILE = Quantile.withDefaults().withCopy(false);
  private static final double[] BOUNDS = {0.05, 0.95};

  /** Every so many draws are looked at first. */
  private static final int STRIDE = 8;

  /** Where among them the tails are taken to begin: enough for 5 % in almost all cases. */
  private static final double TAIL = 0.13;

  private static final int FEWEST_DRAWS = 256;

  private DrawnBounds() {}

  /**
   * The 5 % and the 95 % quantile.
   *
   * @param draws in an order that tells nothing of their size; reordered
   */
  static double[] of(double[] draws) {
    if (draws.length < FEWEST_DRAWS) {
      return QUANTILE.evaluate(draws, BOUNDS);
    }
    double[] sample = new double[draws.length / STRIDE];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = draws[i * STRIDE];
    }
    Arrays.sort(sample);
    int begin = (int) (TAIL * sample.length);
    double lowEnd = sample[begin];
    double highEnd = sample[sample.length - 1 - begin];
    if (lowEnd == highEnd) {
      return QUANTILE.evaluate(draws, BOUNDS);
    }
    // The low tail from the front and the high one from the back: no draw is in both.
    double[] tails = new double[draws.length + 2];
    int lows = 0;
    int highFrom = tails.length - 1;
    // Written always and kept only if it belongs there: branches would be guessed wrong too often.
    for (double draw : draws) {
      tails[lows] = draw;
      lows += draw <= lowEnd ? 1 : 0;
      tails[highFrom] = draw;
      highFrom -= draw >= highEnd ? 1 : 0;
    }
    int needed = (int) Math.ceil(BOUNDS[0] * draws.length) + 1;
    int firstHigh = highFrom + 1;
    if (lows < needed || tails.length - firstHigh < needed) {
      return QUANTILE.evaluate(draws, BOUNDS);
    }
    Arrays.sort(tails, 0, lows);
    Arrays.sort(tails, firstHigh, tails.length);
    int offset = tails.length - draws.length;
    int highRank = firstHigh - offset;
    return QUANTILE.evaluate(
        draws.length, i -> i < highRank ? tails[i] : tails[i + offset], BOUNDS);
  }
}
