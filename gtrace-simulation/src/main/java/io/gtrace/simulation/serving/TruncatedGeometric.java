package io.gtrace.simulation.serving;

/**
 * Weights of 1 to a greatest number, each the same ratio of the one before.
 *
 * @param weight of all together
 * @param mean number, weighted; 0 if there is none
 * @param last weight of the greatest
 */
record TruncatedGeometric(double weight, double mean, double last) {
  /** So even that the closed form of the mean would lose digits. */
  private static final double EVEN = 1e-4;

  /**
   * Weights that follow one of a number before them.
   *
   * @param logRatio logarithm of the ratio, at most 0
   * @param most 0 or more
   */
  static TruncatedGeometric after(double before, double logRatio, long most) {
    double weight = before * Math.exp(logRatio) * sum(logRatio, most);
    return new TruncatedGeometric(weight, mean(logRatio, most), before * Math.exp(logRatio * most));
  }

  /** Weights that end at this one; other parameters as above, the logarithm 0 or more. */
  static TruncatedGeometric endingAt(double last, double logRatio, long most) {
    return new TruncatedGeometric(
        last * sum(-logRatio, most), mean(logRatio, most), most == 0 ? 0 : last);
  }

  /** 1 and its followers, so many together. */
  private static double sum(double logRatio, long count) {
    return logRatio == 0 ? count : Math.expm1(logRatio * count) / Math.expm1(logRatio);
  }

  private static double mean(double logRatio, long most) {
    double n = most;
    if (most == 0) {
      return 0;
    }
    if (Math.abs(logRatio) * n < EVEN) {
      return (n + 1) / 2 + logRatio * (n * n - 1) / 12;
    }
    return n / -Math.expm1(-logRatio * n) - 1 / Math.expm1(logRatio);
  }
}
