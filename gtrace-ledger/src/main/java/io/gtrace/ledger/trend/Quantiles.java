package io.gtrace.ledger.trend;

import io.gtrace.footprint.Quantity;
import org.apache.commons.statistics.descriptive.Quantile;

/** Figures out of draws. */
final class Quantiles {
  private static final Quantile QUANTILE = Quantile.withDefaults();
  private static final double[] LOW_MEDIAN_HIGH = {0.05, 0.5, 0.95};

  private Quantiles() {}

  /** The median and the 90 % interval; the draws stay as they are. */
  static Quantity quantity(double[] draws) {
    double[] found = QUANTILE.evaluate(draws.clone(), LOW_MEDIAN_HIGH);
    return new Quantity(found[1], found[0], found[2]);
  }
}
