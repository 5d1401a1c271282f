package io.gtrace.validation;

import io.gtrace.activity.Context;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.Modality;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.activity.Volumes;
import io.gtrace.estimate.FactorState;
import io.gtrace.estimate.PixelEnergy;
import io.gtrace.estimate.TextEnergy;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.uncertainty.Draws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What the laws say of measurements, at the boundary of the accelerators: with the model, hardware
 * and load that were measured, and the constants and residuals of the laws as uncertain as they
 * are.
 */
public final class LawPredictions {
  private static final String INPUT_TOKENS = "measured-input-tokens-";
  private static final String ENCODER_S = "measured-encoder-s-";
  private static final String USUAL_TASK = "lm-arena-chat";

  /** Mean answer of chat in the ML.ENERGY benchmark v3 (2026), for rows that do not say. */
  private static final double USUAL_OUTPUT_TOKENS = 650;

  private final FactorCatalogue catalogue;
  private final Draws draws;

  public LawPredictions(FactorCatalogue catalogue, Draws draws) {
    this.catalogue = catalogue;
    this.draws = draws;
  }

  /** One validation for each modality that was measured, in the order of their first rows. */
  public List<Validation> validate(List<Measurement> measurements) {
    Map<Modality, List<Comparison>> byModality = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      byModality
          .computeIfAbsent(measurement.modality(), modality -> new ArrayList<>())
          .add(new Comparison(measurement, predict(measurement)));
    }
    return byModality.entrySet().stream()
        .map(each -> new Validation(each.getKey(), each.getValue()))
        .toList();
  }

  private Prediction predict(Measurement measurement) {
    Model model = measurement.model().in(catalogue, measurement.modality());
    ToDoubleFunction<FactorState> joules = joules(measurement, model);
    double[] drawn = new double[draws.count()];
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] = joules.applyAsDouble(FactorState.draw(draws, k));
    }
    return Prediction.of(
        joules.applyAsDouble(FactorState.medians()), drawn, !model.notes().isEmpty());
  }

  private ToDoubleFunction<FactorState> joules(Measurement measurement, Model model) {
    if (measurement instanceof Measurement.Text text) {
      return text(text, model);
    }
    if (measurement instanceof Measurement.Image image) {
      Volumes volumes =
          new ImageGeneration(
                  model.id(),
                  1,
                  image.widthPx(),
                  image.heightPx(),
                  image.steps(),
                  0,
                  Context.UNKNOWN)
              .volumes(model.defaults());
      PixelEnergy energy = new PixelEnergy(catalogue, model, image.hardware().accelerator(), false);
      return state -> energy.joules(volumes, image.batch(), state);
    }
    Measurement.Video video = (Measurement.Video) measurement;
    Volumes volumes =
        new VideoGeneration(
                model.id(),
                1,
                0,
                0,
                video.frames(),
                video.widthPx(),
                video.heightPx(),
                video.steps(),
                Context.UNKNOWN)
            .volumes(model.defaults());
    PixelEnergy energy = new PixelEnergy(catalogue, model, video.hardware().accelerator(), true);
    return state -> energy.joules(volumes, video.batch(), state);
  }

  private ToDoubleFunction<FactorState> text(Measurement.Text text, Model model) {
    TextEnergy energy =
        new TextEnergy(catalogue, model, text.hardware().accelerator(), text.hardware().count());
    Factor usualInput =
        catalogue
            .findAssumption(INPUT_TOKENS + text.task())
            .orElseGet(() -> catalogue.assumption(INPUT_TOKENS + USUAL_TASK));
    Optional<Factor> encoder = catalogue.findAssumption(ENCODER_S + text.task());
    return state ->
        energy.outputTokenJ(
            new TextEnergy.Load(
                text.batch(),
                text.inputTokens().orElseGet(() -> state.of(usualInput)),
                text.outputTokens().orElse(USUAL_OUTPUT_TOKENS),
                encoder.map(state::of).orElse(0.0)),
            state);
  }
}
