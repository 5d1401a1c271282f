package io.gtrace.simulation.adoption;

/**
 * The delays of a memory within a run, as a table of their quantiles with straight lines between
 * them. Where a line would err by more than {@value #TOLERANCE_HOURS} h, in the flat tail of a long
 * run, the quantile is worked out in full.
 */
final class Delays {
  static final double TOLERANCE_HOURS = 0.005;
  private static final int PARTS = 2048;

  private final Memory memory;
  private final double[] shareWithin;
  private final double[] quantiles = new double[PARTS + 2];
  private final double partsPerShare;
  private final int straightParts;

  /**
   * @param hours length of the run, at least 1
   */
  Delays(Memory memory, int hours) {
    this.memory = memory;
    shareWithin = new double[hours + 1];
    for (int h = 1; h <= hours; h++) {
      shareWithin[h] = memory.shareWithin(h);
    }
    double all = shareWithin[hours];
    partsPerShare = PARTS / all;
    for (int i = 0; i < PARTS; i++) {
      quantiles[i] = memory.quantileHours(i * all / PARTS);
    }
    // Worked out, it would be infinite where hardly any delay is as long as the run.
    quantiles[PARTS] = hours;
    // Beyond the run a delay need only be too long.
    quantiles[PARTS + 1] = hours + 1.0;
    straightParts = straightParts(all);
  }

  /** Quantiles bend ever more with the share: lines are good up to some part. */
  private int straightParts(double all) {
    for (int i = 0; i < PARTS; i++) {
      double middle = (quantiles[i] + quantiles[i + 1]) / 2;
      if (middle - memory.quantileHours((i + 0.5) * all / PARTS) > TOLERANCE_HOURS) {
        return i;
      }
    }
    return PARTS;
  }

  /** The share of delays that end within so many hours, up to the length of the run. */
  double shareWithin(int hours) {
    return shareWithin[hours];
  }

  /**
   * The delay that a share of all delays does not exceed, h; if that is beyond the run, no less
   * than its length.
   *
   * @param share 0 or more
   */
  double at(double share) {
    double at = share * partsPerShare;
    int part = Math.min((int) at, PARTS);
    if (part >= straightParts && part < PARTS) {
      return memory.quantileHours(share);
    }
    double from = quantiles[part];
    return from + (at - part) * (quantiles[part + 1] - from);
  }
}
