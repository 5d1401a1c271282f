package io.gtrace.simulation.study;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * A figure with every factor at its median and in each joint draw of the factors. Arithmetic goes
 * draw by draw, so that errors which two figures share cancel.
 */
final class JointFigure {
  private final double median;
  private final double[] draws;

  private JointFigure(double median, double[] draws) {
    this.median = median;
    this.draws = draws;
  }

  /**
   * A figure that is known run by run.
   *
   * @param ofRuns its value in each run; a single one goes with all draws
   */
  static JointFigure ofRuns(double median, double[] ofRuns, int draws) {
    double[] values = new double[draws];
    Arrays.setAll(values, k -> ofRuns[k % ofRuns.length]);
    return new JointFigure(median, values);
  }

  /** Nothing, in so many draws. */
  static JointFigure nothing(int draws) {
    return new JointFigure(0, new double[draws]);
  }

  static JointFigure of(Footprint footprint, Impact impact) {
    return new JointFigure(footprint.median(impact), footprint.draws(impact));
  }

  static JointFigure of(io.gtrace.ratecard.Drawn drawn) {
    return new JointFigure(drawn.median(), drawn.draws());
  }

  JointFigure plus(JointFigure other) {
    return with(other, Double::sum);
  }

  JointFigure minus(JointFigure other) {
    return with(other, (one, two) -> one - two);
  }

  JointFigure times(JointFigure other) {
    return with(other, (one, two) -> one * two);
  }

  JointFigure times(double factor) {
    return with(this, (one, same) -> one * factor);
  }

  /** Nothing out of nothing is nothing. */
  JointFigure over(JointFigure other) {
    return with(other, (one, two) -> two == 0 ? 0 : one / two);
  }

  double median() {
    return median;
  }

  Quantity quantity() {
    return Quantities.of(median, draws);
  }

  /** In what share of the draws this is below another, 0 to 1. */
  double shareBelow(JointFigure other) {
    int below = 0;
    for (int k = 0; k < draws.length; k++) {
      below += draws[k] < other.draws[k] ? 1 : 0;
    }
    return (double) below / draws.length;
  }

  /**
   * So many times the figure, where how many differs from run to run.
   *
   * @param ofRuns one number with all draws; several, each with a draw of its own
   */
  Quantity timesRuns(double[] ofRuns) {
    if (ofRuns.length == 1) {
      return times(ofRuns[0]).quantity();
    }
    double[] products = new double[ofRuns.length];
    for (int run = 0; run < products.length; run++) {
      products[run] = ofRuns[run] * draws[run % draws.length];
    }
    return Quantities.of(products);
  }

  private JointFigure with(JointFigure other, DoubleBinaryOperator operator) {
    double[] result = new double[draws.length];
    for (int k = 0; k < result.length; k++) {
      result[k] = operator.applyAsDouble(draws[k], other.draws[k]);
    }
    return new JointFigure(operator.applyAsDouble(median, other.median), result);
  }
}
