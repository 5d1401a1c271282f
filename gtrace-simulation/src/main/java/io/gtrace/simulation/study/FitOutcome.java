package io.gtrace.simulation.study;

import io.gtrace.footprint.Quantity;
import java.util.List;

/**
 * What a fit has found.
 *
 * @param study that was fitted
 * @param inputs its uncertain inputs, before and after
 * @param predictions what it says of each observation, held out or not
 * @param series what it says of each series of interest
 * @param differentRuns how many of the last generation differ in their inputs
 * @param runs of a generation
 * @param generations that were needed
 */
public record FitOutcome(
    Study study,
    List<FittedInput> inputs,
    List<Prediction> predictions,
    List<SeriesPrediction> series,
    int differentRuns,
    int runs,
    int generations) {
  public FitOutcome {
    inputs = List.copyOf(inputs);
    predictions = List.copyOf(predictions);
    series = List.copyOf(series);
  }

  /**
   * An input.
   *
   * @param pointer where the study says it
   * @param prior as the study says it
   * @param posterior with what was counted
   */
  public record FittedInput(String pointer, Quantity prior, Quantity posterior) {}

  /**
   * An observation beside the fitted study.
   *
   * @param figure of the study
   * @param counted what a count with its errors would have been
   */
  public record Prediction(Observation observation, Quantity figure, Quantity counted) {
    /** Whether the published count lies where the fitted study expects it. */
    public boolean covered() {
      return counted.low() <= observation.value() && observation.value() <= counted.high();
    }
  }

  /** A series of interest beside the fitted study. */
  public record SeriesPrediction(String name, List<PeriodPrediction> periods) {
    public SeriesPrediction {
      periods = List.copyOf(periods);
    }

    /** How many periods there are. */
    public long periods(boolean heldOut) {
      return periods.stream().filter(each -> each.period().heldOut() == heldOut).count();
    }

    /** How many of them lie where the fitted study expects them. */
    public long covered(boolean heldOut) {
      return periods.stream()
          .filter(each -> each.period().heldOut() == heldOut && each.covered())
          .count();
    }
  }

  /**
   * A period of a series beside the fitted study.
   *
   * @param expected level with the error of the series, in its unit
   */
  public record PeriodPrediction(InterestSeries.Period period, Quantity expected) {
    /** Whether the level lies where the fitted study expects it. */
    public boolean covered() {
      return expected.low() <= period.level() && period.level() <= expected.high();
    }
  }
}
