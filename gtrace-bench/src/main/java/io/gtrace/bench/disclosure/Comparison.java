package io.gtrace.bench.disclosure;

import io.gtrace.estimate.DrawnFactors;
import io.gtrace.estimate.FactorState;
import io.gtrace.footprint.Quantity;
import io.gtrace.uncertainty.Draws;
import org.apache.commons.statistics.descriptive.Quantile;

/** A published figure beside our median and 90 % interval. */
record Comparison(Figure figure, Quantity ours) {
  private static final double[] BOUNDS = {0.05, 0.95};

  static Comparison of(Figure figure, Draws draws) {
    DrawnFactors factors = new DrawnFactors(draws);
    double[] drawn = new double[draws.count()];
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] = figure.ours().applyAsDouble(factors.state(k));
    }
    double[] bounds = Quantile.withDefaults().evaluate(drawn, BOUNDS);
    double median = figure.ours().applyAsDouble(FactorState.medians());
    return new Comparison(figure, new Quantity(median, bounds[0], bounds[1]));
  }

  double oursOverPublished() {
    return ours.median() / figure.published();
  }

  boolean inside() {
    return ours.low() <= figure.published() && figure.published() <= ours.high();
  }
}
