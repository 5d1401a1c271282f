package io.gtrace.uncertainty;

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

  abstract double toScale(double value);

  abstract double fromScale(double value);
}
