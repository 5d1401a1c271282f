package io.gtrace.uncertainty;

import java.util.Locale;

/**
 * How a factor scatters about its median. Each shape is a normal distribution seen through a
 * monotone scale that keeps the factor in its physical range, so the median stays the median.
 */
public enum Shape {
  /** Positive: normal on the logarithm. */
  LOGNORMAL {
    @Override
    double toScale(double value) {
      return Math.log(value);
    }

    @Override
    double fromScale(double value) {
      return Math.exp(value);
    }
  },
  /**
   * Positive, mostly close to the median, at times far from it: the logarithm follows Tukey's h
   * distribution (Hoaglin 1985) with h = 0.2, whose 90 % interval is 3.05 times as wide as its 50 %
   * interval where that of a normal one is 2.4 times as wide.
   */
  HEAVY_LOGNORMAL {
    @Override
    double toScale(double value) {
      return Math.log(value);
    }

    @Override
    double fromScale(double value) {
      return Math.exp(value);
    }

    @Override
    double stretched(double score) {
      return score * Math.exp(HALF_OF_H * score * score);
    }
  },
  /** One or more, like a PUE: normal on the logarithm of what exceeds one. */
  ABOVE_ONE {
    @Override
    double toScale(double value) {
      return Math.log(value - 1);
    }

    @Override
    double fromScale(double value) {
      return 1 + Math.exp(value);
    }
  },
  /** Between zero and one: normal on the logit. */
  SHARE {
    @Override
    double toScale(double value) {
      return Math.log(value / (1 - value));
    }

    @Override
    double fromScale(double value) {
      return 1 / (1 + Math.exp(-value));
    }
  },
  /**
   * Zero or more: normal as it is, and zero where that is negative. For what is added up, so that
   * the sum of medians is the median of the sum.
   */
  NON_NEGATIVE {
    @Override
    double toScale(double value) {
      return value;
    }

    @Override
    double fromScale(double value) {
      return Math.max(0, value);
    }
  },
  /** Any sign: normal as it is. */
  NORMAL {
    @Override
    double toScale(double value) {
      return value;
    }

    @Override
    double fromScale(double value) {
      return value;
    }
  };

  private static final double HALF_OF_H = 0.1;

  /** The name in files: lower case, words joined by hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  abstract double toScale(double value);

  abstract double fromScale(double value);

  /** Where on the scale a value of this standard normal score lies, in units of its scatter. */
  double stretched(double score) {
    return score;
  }
}
