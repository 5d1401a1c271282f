package io.gtrace.simulation.random;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A continuous law cut into {@value #COUNT} parts of equal probability, each with one level that
 * stands for it: inner loops draw the number of a level, which takes ten random bits and no
 * function of the library of mathematics.
 */
public final class Levels {
  /** Random bits that choose a level. */
  public static final int BITS = 10;

  public static final int COUNT = 1 << BITS;

  /** The level of which the number is drawn, as it stands for a tail. */
  public static final int LAST = COUNT - 1;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Upper bounds of the parts of the standard normal law; never changed. */
  private static final double[] NORMAL_BOUNDS = normalQuantiles(1);

  private Levels() {}

  private static double[] normalQuantiles(double placeInPart) {
    double[] quantiles = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      quantiles[i] = NORMAL.inverseCumulativeProbability((i + placeInPart) / COUNT);
    }
    return quantiles;
  }

  /**
   * The level that the lowest bits choose: bits that {@link PersonDraws#uniform(long)} does not
   * use.
   */
  public static int of(long bits) {
    return (int) bits & (COUNT - 1);
  }

  /** Standard normal levels: the median of each part. */
  public static double[] normal() {
    return normalQuantiles(0.5);
  }

  /**
   * Lognormal levels with mean 1: the mean of each part, so that the mean of all is exact. What
   * lies beyond the last bound, one number in {@value #COUNT}, is drawn from the tail itself, which
   * holds much of the variance of a wide lognormal.
   */
  public static final class Lognormal {
    private final double logSd;
    private final double[] means = new double[COUNT];
    private final double tailFrom = NORMAL.inverseSurvivalProbability(1.0 / COUNT);

    /**
     * @param logSd standard deviation of the logarithm, at least 0
     */
    public Lognormal(double logSd) {
      this.logSd = logSd;
      double below = 0;
      for (int i = 0; i < COUNT; i++) {
        // The mean of exp(s Z - s^2/2) where Z is below b has the share that Z + s below b has.
        double upTo = NORMAL.cumulativeProbability(NORMAL_BOUNDS[i] - logSd);
        means[i] = (upTo - below) * COUNT;
        below = upTo;
      }
    }

    /**
     * A number.
     *
     * @param level 0 to just below {@value #COUNT}
     * @param stream first 64 random bits of one that the last level draws from
     */
    public double at(int level, long stream) {
      return level < LAST ? means[level] : beyond(stream);
    }

    /** The number of a level; of the last the mean. */
    public double mean(int level) {
      return means[level];
    }

    /**
     * A number of the last level. Marsaglia 1964, Technometrics 6:101: the tail of a normal law,
     * from exponentials.
     */
    public double beyond(long stream) {
      double excess;
      int number = 0;
      do {
        excess = Exponential.of(PersonDraws.later(stream, ++number)) / tailFrom;
      } while (2 * Exponential.of(PersonDraws.later(stream, ++number)) < excess * excess);
      return Math.exp(logSd * (tailFrom + excess - logSd / 2));
    }
  }

  /**
   * Exponential numbers with mean 1, from a table of their quantiles with straight lines between
   * them; what lies beyond the last, one number in {@value #COUNT}, begins anew there, as the law
   * has no memory. The mean is right within a ten-thousandth.
   */
  public static final class Exponential {
    private static final double BEGIN_OF_LAST = Math.log(COUNT);

    /** Begin and width of each level side by side, as they are read together. */
    private static final double[] LINES = new double[2 * COUNT];

    static {
      for (int i = 0; i < LAST; i++) {
        LINES[2 * i] = -Math.log1p(-(double) i / COUNT);
        LINES[2 * i + 1] = -Math.log1p(-(i + 1.0) / COUNT) - LINES[2 * i];
      }
    }

    private Exponential() {}

    /** The number that 64 random bits stand for. */
    public static double of(long bits) {
      long these = bits;
      double passed = 0;
      while (Levels.of(these) == LAST) {
        passed += BEGIN_OF_LAST;
        these = PersonDraws.later(these, 1);
      }
      int line = 2 * Levels.of(these);
      return passed + LINES[line] + PersonDraws.uniform(these) * LINES[line + 1];
    }
  }
}
