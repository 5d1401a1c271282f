package io.gtrace.estimate;

import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import java.util.OptionalInt;

/**
 * Energy of the accelerators alone, for text from one model on hardware and under a load that are
 * known, as in a measurement. Estimators add the rest of the server and take load as uncertain.
 */
public final class TextEnergy {
  /** The law that says it, as factor files name it. */
  public static final String LAW = TokenLaw.LAW;

  private final TokenLaw law;
  private final double thermalDesignPowerW;
  private final int accelerators;

  /**
   * @param accelerators how many hold one copy of the model
   */
  public TextEnergy(
      FactorCatalogue catalogue, Model model, Accelerator accelerator, int accelerators) {
    law =
        new TokenLaw(
            catalogue, model, new Deployment.DataCentre(accelerator), OptionalInt.of(accelerators));
    thermalDesignPowerW = accelerator.thermalDesignPowerW();
    this.accelerators = accelerators;
  }

  /** How many accelerators hold one copy of a model where nobody says so: a power of two. */
  public static int acceleratorsOfOneCopy(
      FactorCatalogue catalogue, Model model, Accelerator accelerator) {
    TokenLaw law = new TokenLaw(catalogue, model, new Deployment.DataCentre(accelerator));
    return (int) law.accelerators(FactorState.medians());
  }

  /**
   * The load of a measurement.
   *
   * @param batch requests that share a step, above 0
   * @param inputTokens tokens that a request reads
   * @param outputTokens tokens that a request writes, above 0
   * @param encoderS seconds that all accelerators spend on the images or videos of a request
   */
  public record Load(double batch, double inputTokens, double outputTokens, double encoderS) {}

  /** Energy of a request over its output tokens, J. */
  public double outputTokenJ(Load load, FactorState state) {
    double context = load.inputTokens() + load.outputTokens() / 2;
    double pairs = load.inputTokens() * load.inputTokens() / 2;
    double reading =
        law.prefillJ(state) * load.inputTokens()
            + law.pairJ(state) * pairs
            + thermalDesignPowerW * accelerators * load.encoderS();
    return law.decodeJ(Math.max(1, load.batch()), state)
        + law.contextReadJ(state) * context
        + law.windowReadJ(context, state)
        + reading / load.outputTokens();
  }

  /** The law's misfit of the model as if nothing of it had been measured. */
  public Factor unmeasuredResidual() {
    return law.unmeasuredResidual();
  }
}
