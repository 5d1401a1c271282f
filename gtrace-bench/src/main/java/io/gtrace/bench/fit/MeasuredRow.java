package io.gtrace.bench.fit;

import io.gtrace.estimate.FactorState;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.validation.LawFigure;
import io.gtrace.validation.Measurement;
import java.util.Locale;

/**
 * A measured condition, ready to be asked of its law.
 *
 * @param backbone what precisions, sizes of context and variants of one model share
 */
record MeasuredRow(Measurement measured, LawFigure figure, String backbone) {
  static MeasuredRow of(FactorCatalogue catalogue, Measurement measured) {
    LawFigure figure = LawFigure.of(catalogue, measured);
    return new MeasuredRow(measured, figure, backbone(figure.model()));
  }

  private static String backbone(Model model) {
    if (model.denoiser().isPresent()) {
      return model
          .denoiser()
          .get()
          .blocks()
          .map(blocks -> blocks.layers() + "x" + blocks.width())
          .orElse(model.id());
    }
    return model
        .transformer()
        .map(shape ->
            String.format(
                Locale.ROOT,
                "%dx%d-%.0fb",
                shape.layers(),
                shape.width().orElse(0),
                model.totalParametersB().middle()))
        .orElse(model.id());
  }

  /** Log of computed over measured energy, the law's misfit of the model left out. */
  double logError(FactorState constants) {
    String misfit = figure.unmeasured().id();
    FactorState law = factor -> factor.id().equals(misfit) ? 1 : constants.of(factor);
    return Math.log(figure.joules().applyAsDouble(law) / measured.energyJ());
  }

  String modelName() {
    return measured.model().name();
  }

  String accelerator() {
    return measured.hardware().accelerator().id();
  }
}
