package io.gtrace.validation;

import java.util.List;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * What a law says of a measurement.
 *
 * @param medianJ its figure, J
 * @param low90J 5 % quantile
 * @param low50J 25 % quantile
 * @param high50J 75 % quantile
 * @param high90J 95 % quantile
 * @param notes what makes the figure less certain: a stand-in for an unknown model, a model beyond
 *     what the law was fitted to
 */
public record Prediction(
    double medianJ,
    double low90J,
    double low50J,
    double high50J,
    double high90J,
    List<String> notes) {

  public Prediction {
    notes = List.copyOf(notes);
  }

  /** From joint draws of the law's factors and its residual; the array is reordered. */
  public static Prediction of(double medianJ, double[] drawsJ, List<String> notes) {
    double[] bounds =
        Quantile.withDefaults().withCopy(false).evaluate(drawsJ, 0.05, 0.25, 0.75, 0.95);
    return new Prediction(medianJ, bounds[0], bounds[1], bounds[2], bounds[3], notes);
  }

  boolean holds50(double measuredJ) {
    return low50J <= measuredJ && measuredJ <= high50J;
  }

  boolean holds90(double measuredJ) {
    return low90J <= measuredJ && measuredJ <= high90J;
  }

  double intervalRatio() {
    return high90J / low90J;
  }
}
