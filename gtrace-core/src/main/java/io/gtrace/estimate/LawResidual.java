package io.gtrace.estimate;

import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.LawMisfit;
import io.gtrace.factor.Model;
import io.gtrace.trace.Provenance;
import io.gtrace.uncertainty.Scatter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a law misses one model on one accelerator: a factor that multiplies its energy. A model
 * that was measured has the misfit that was seen, with what is left of its scatter; for any other
 * it is 1, with the spread of models that a fit had not seen. What lies outside of what the law was
 * fitted to gets a wider one and a note.
 */
final class LawResidual {
  /** Beyond the fitted sizes by up to this factor nothing is said of it. */
  private static final double TOLERANCE = 2;

  private LawResidual() {}

  /**
   * @param law such as {@code token-law}
   */
  static Factor of(FactorCatalogue catalogue, Model model, Accelerator accelerator, String law) {
    Factor unmeasured = unmeasured(catalogue, model, accelerator, law);
    Optional<LawMisfit> here = catalogue.misfit(law, model.id(), accelerator.id());
    if (here.isPresent()) {
      return measured(unmeasured, here.get(), 0);
    }
    return catalogue
        .misfit(law, model.id())
        .map(elsewhere -> measured(unmeasured, elsewhere, otherAccelerator(catalogue)))
        .orElse(unmeasured);
  }

  private static Factor measured(Factor unmeasured, LawMisfit misfit, double furtherLogSd) {
    Scatter spread = unmeasured.scatter();
    return new Factor(
        unmeasured.id(),
        unmeasured.meaning() + ", measured",
        "",
        new Scatter(Math.exp(misfit.logMedian()), misfit.logSd(), spread.shape())
            .widened(furtherLogSd),
        misfit.provenance(),
        List.of());
  }

  /** As if nothing of the model had been measured. */
  static Factor unmeasured(
      FactorCatalogue catalogue, Model model, Accelerator accelerator, String law) {
    Factor spread = catalogue.assumption(law + "-residual");
    List<String> notes = new ArrayList<>();
    double furtherLogSd = 0;
    if (!catalogue.misfitAccelerators(law).contains(accelerator.id())) {
      furtherLogSd = otherAccelerator(catalogue);
    }
    Factor fitted = catalogue.assumption(law + "-fitted-parameters");
    double parametersB =
        model
            .denoiser()
            .map(known -> known.parametersB())
            .orElse(model.activeParametersB().middle());
    double beyond =
        Math.max(parametersB / fitted.scatter().high(), fitted.scatter().low() / parametersB);
    if (beyond > TOLERANCE) {
      double sdPerEFold = catalogue.assumption("extrapolation-log-sd").median();
      furtherLogSd = Math.hypot(furtherLogSd, sdPerEFold * Math.log(beyond));
      notes.add(
          "extrapolated: "
              + threeDigits(parametersB)
              + " billion active parameters, the law was fitted to "
              + threeDigits(fitted.scatter().low())
              + " to "
              + threeDigits(fitted.scatter().high()));
    }
    Provenance provenance = spread.provenance();
    return new Factor(
        law + "-residual:" + model.id(),
        spread.meaning() + " for " + model.name(),
        "",
        spread.scatter().widened(furtherLogSd),
        provenance,
        notes);
  }

  /** As people write it: 5000, 70, 0.05. */
  private static String threeDigits(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private static double otherAccelerator(FactorCatalogue catalogue) {
    return catalogue.assumption("unmeasured-accelerator-log-sd").median();
  }
}
