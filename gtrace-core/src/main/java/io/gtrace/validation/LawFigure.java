package io.gtrace.validation;

import io.gtrace.estimate.FactorState;
import io.gtrace.estimate.PixelEnergy;
import io.gtrace.estimate.TextEnergy;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What a law says of one measurement, at the boundary of the accelerators: with the model, hardware
 * and load that were measured.
 *
 * @param law its name in the factor files
 * @param model the model that was measured, as the law sees it
 * @param joules energy of one unit of output in a state of the world
 * @param unmeasured the law's misfit of the model if nothing of it had been measured
 */
public record LawFigure(
    String law, Model model, ToDoubleFunction<FactorState> joules, Factor unmeasured) {
  private static final String INPUT_TOKENS = "measured-input-tokens-";
  private static final String ENCODER_S = "measured-encoder-s-";
  private static final String USUAL_TASK = "lm-arena-chat";

  /** Mean answer of chat in the ML.ENERGY benchmark v3 (2026), for rows that do not say. */
  private static final double USUAL_OUTPUT_TOKENS = 650;

  /** The figure for a measurement. */
  public static LawFigure of(FactorCatalogue catalogue, Measurement measurement) {
    Model model = measurement.model().in(catalogue, measurement.modality());
    if (measurement instanceof Measurement.Text text) {
      return text(catalogue, text, model);
    }
    if (measurement instanceof Measurement.Image image) {
      return image(catalogue, image, model);
    }
    return video(catalogue, (Measurement.Video) measurement, model);
  }

  private static LawFigure text(FactorCatalogue catalogue, Measurement.Text text, Model model) {
    TextEnergy energy =
        new TextEnergy(catalogue, model, text.hardware().accelerator(), text.hardware().count());
    Factor usualInput =
        catalogue
            .findAssumption(INPUT_TOKENS + text.task())
            .orElseGet(() -> catalogue.assumption(INPUT_TOKENS + USUAL_TASK));
    Optional<Factor> encoder = catalogue.findAssumption(ENCODER_S + text.task());
    return new LawFigure(
        TextEnergy.LAW,
        model,
        state ->
            energy.outputTokenJ(
                new TextEnergy.Load(
                    text.batch(),
                    text.inputTokens().orElseGet(() -> state.of(usualInput)),
                    text.outputTokens().orElse(USUAL_OUTPUT_TOKENS),
                    encoder.map(state::of).orElse(0.0)),
                state),
        energy.unmeasuredResidual());
  }

  private static LawFigure image(FactorCatalogue catalogue, Measurement.Image image, Model model) {
    Accelerator accelerator = image.hardware().accelerator();
    int accelerators = image.hardware().count();
    PixelEnergy energy =
        PixelEnergy.ofImage(catalogue, model, accelerator, image.widthPx(), image.heightPx());
    return new LawFigure(
        PixelEnergy.IMAGE_LAW,
        model,
        state -> energy.joules(image.steps(), accelerators, image.batch(), state),
        energy.unmeasuredResidual());
  }

  private static LawFigure video(FactorCatalogue catalogue, Measurement.Video video, Model model) {
    Accelerator accelerator = video.hardware().accelerator();
    int accelerators = video.hardware().count();
    PixelEnergy energy =
        PixelEnergy.ofVideo(
            catalogue, model, accelerator, video.widthPx(), video.heightPx(), video.frames());
    return new LawFigure(
        PixelEnergy.VIDEO_LAW,
        model,
        state -> energy.joules(video.steps(), accelerators, video.batch(), state),
        energy.unmeasuredResidual());
  }
}
