package io.gtrace.validation;

import io.gtrace.activity.Modality;
import io.gtrace.estimate.DrawnFactors;
import io.gtrace.estimate.FactorState;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.uncertainty.Draws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sets the laws beside measurements, with their constants and misfits as uncertain as they are. */
public final class LawPredictions {
  private static final double IMPLAUSIBLE = 100;

  private final FactorCatalogue catalogue;
  private final Draws draws;
  private final Optional<LawFolds> folds;

  public LawPredictions(FactorCatalogue catalogue, Draws draws, ModelKnowledge knowledge) {
    this.catalogue = catalogue;
    this.draws = draws;
    folds = knowledge == ModelKnowledge.UNSEEN ? Optional.of(LawFolds.shipped()) : Optional.empty();
  }

  /**
   * Why a measurement cannot be what it says it is, if it is off by more than any model ever was:
   * then it is in another unit, or of something else.
   */
  public Optional<String> implausible(Measurement measurement) {
    LawFigure figure = LawFigure.of(catalogue, measurement);
    double computedJ =
        figure.joules().applyAsDouble(known(FactorState.medians(), figure, constants(figure)));
    double ratio = measurement.energyJ() / computedJ;
    if (ratio < IMPLAUSIBLE && ratio > 1 / IMPLAUSIBLE) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%.3g J is %s what the law says, %.3g J: is it in another unit? A mapping file can"
                + " give the factor",
            measurement.energyJ(),
            ratio > 1
                ? String.format(Locale.ROOT, "%,.0f times", ratio)
                : String.format(Locale.ROOT, "1/%,.0f of", 1 / ratio),
            computedJ));
  }

  /** One validation for each modality that was measured, in the order of their first rows. */
  public List<Validation> validate(List<Measurement> measurements) {
    Map<Modality, List<Comparison>> byModality = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      byModality
          .computeIfAbsent(measurement.modality(), modality -> new ArrayList<>())
          .add(new Comparison(measurement, predict(LawFigure.of(catalogue, measurement))));
    }
    return byModality.entrySet().stream()
        .map(each -> new Validation(each.getKey(), each.getValue()))
        .toList();
  }

  private Prediction predict(LawFigure figure) {
    Map<String, Double> constants = constants(figure);
    DrawnFactors factors = new DrawnFactors(draws);
    double[] drawn = new double[draws.count()];
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] = figure.joules().applyAsDouble(known(factors.state(k), figure, constants));
    }
    double median = figure.joules().applyAsDouble(known(FactorState.medians(), figure, constants));
    List<String> notes = new ArrayList<>(figure.model().notes());
    notes.addAll(figure.unmeasured().notes());
    return Prediction.of(median, drawn, notes);
  }

  private FactorState known(FactorState world, LawFigure figure, Map<String, Double> constants) {
    return folds.isEmpty() ? world : new UnseenState(world, constants, figure.unmeasured());
  }

  /** The law's constants as fitted without the model; empty where it took no part in the fit. */
  private Map<String, Double> constants(LawFigure figure) {
    return catalogue
        .misfit(figure.law(), figure.model().id())
        .flatMap(seen -> folds.map(all -> all.without(figure.law(), seen.backbone())))
        .orElse(Map.of());
  }
}
