package io.gtrace.ecologits;

import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The formulas of the EcoLogits methodology, version 0.11.2 (2025): the energy of a GPU grows
 * linearly with output tokens and active parameters, the number of GPUs follows from the memory
 * that all parameters need at 16 bits, and the rest of the server counts for the time of the
 * request. Input tokens cost nothing.
 *
 * <p>Where parameters or the data centre are ranges, everything is evaluated at all lower ends and
 * at all upper ends; the results span the two.
 */
public final class EcoLogits {
  private static final double BATCH = 64;

  // GPU energy of one output token, Wh: (α e^(β batch) active parameters + γ).
  private static final double ALPHA_WH = 1.1665273170451914e-6;
  private static final double BETA = -0.011205921025579175;
  private static final double GAMMA_WH = 4.052928146734005e-5;

  // Seconds of one output token where no speed is published.
  private static final double S_PER_ACTIVE_B = 6.785088094353663e-4;
  private static final double S_PER_BATCHED = 3.119310311688259e-4;
  private static final double S_FIXED = 0.019473717579473387;

  private static final double BITS_PER_PARAMETER = 16;
  private static final double MEMORY_OVERHEAD = 1.2;
  private static final double GPU_MEMORY_GB = 80;
  private static final double GPUS_PER_SERVER = 8;
  private static final double SERVER_WITHOUT_GPUS_KW = 1.2;
  private static final double LIFETIME_S = 3 * 365 * 24 * 3_600d;
  private static final double S_PER_HOUR = 3_600;

  private static final Hardware SERVER = new Hardware(5_700, 0.37, 70_000);
  private static final Hardware GPU = new Hardware(273, 8.95e-3, 3_721);

  /** The making of a piece of hardware: kgCO2e, kg antimony equivalent, MJ. */
  private record Hardware(double gwpKg, double adpeKgSbEq, double primaryEnergyMj) {}

  /** Everything at one end of the ranges. */
  private record Evaluation(double energyKwh, double waterL, double latencyS, double gpus) {
    /** The request's share of the hardware's life. */
    double embodied(ToDoubleFunction<Hardware> making) {
      double made =
          gpus / GPUS_PER_SERVER * making.applyAsDouble(SERVER) + gpus * making.applyAsDouble(GPU);
      return latencyS / (LIFETIME_S * BATCH) * made;
    }
  }

  private record Inputs(double activeB, double totalB, double pue, double wueLPerKwh) {}

  private EcoLogits() {}

  /**
   * What one request costs.
   *
   * @param model the model that answers
   * @param outputTokens tokens written, zero or more
   * @param measuredLatencyS seconds that the request took, above 0; the time that is estimated
   *     counts where it is shorter
   * @param mix electricity of the data centre
   * @param dataCentre where it ran
   * @throws IllegalArgumentException if a number is out of range
   */
  public static RequestImpacts impacts(
      ServedModel model,
      double outputTokens,
      OptionalDouble measuredLatencyS,
      ElectricityMix mix,
      DataCentre dataCentre) {
    if (!(outputTokens >= 0 && outputTokens < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("output tokens must be zero or more, not " + outputTokens);
    }
    double measured = measuredLatencyS.orElse(Double.POSITIVE_INFINITY);
    if (!(measured > 0)) {
      throw new IllegalArgumentException("the latency must be above zero, not " + measured);
    }
    Evaluation low =
        evaluate(
            new Inputs(
                model.activeParametersB().low(),
                model.totalParametersB().low(),
                dataCentre.pue().low(),
                dataCentre.wueLPerKwh().low()),
            model,
            outputTokens,
            measured,
            mix);
    Evaluation high =
        evaluate(
            new Inputs(
                model.activeParametersB().high(),
                model.totalParametersB().high(),
                dataCentre.pue().high(),
                dataCentre.wueLPerKwh().high()),
            model,
            outputTokens,
            measured,
            mix);
    ValueRange energy = new ValueRange(low.energyKwh(), high.energyKwh());
    return new RequestImpacts(
        energy,
        energy.times(mix.gwpKgPerKwh()),
        embodied(low, high, Hardware::gwpKg),
        energy.times(mix.adpeKgSbEqPerKwh()),
        embodied(low, high, Hardware::adpeKgSbEq),
        energy.times(mix.primaryEnergyMjPerKwh()),
        embodied(low, high, Hardware::primaryEnergyMj),
        new ValueRange(low.waterL(), high.waterL()));
  }

  private static ValueRange embodied(
      Evaluation low, Evaluation high, ToDoubleFunction<Hardware> making) {
    return new ValueRange(low.embodied(making), high.embodied(making));
  }

  private static Evaluation evaluate(
      Inputs inputs,
      ServedModel model,
      double outputTokens,
      double measuredLatencyS,
      ElectricityMix mix) {
    double gpuKwh =
        outputTokens * (ALPHA_WH * Math.exp(BETA * BATCH) * inputs.activeB() + GAMMA_WH) / 1_000;
    double latencyS =
        Math.min(measuredLatencyS, estimatedLatencyS(inputs.activeB(), model, outputTokens));
    double gpus = gpus(inputs.totalB());
    double serverKwh =
        latencyS / S_PER_HOUR * SERVER_WITHOUT_GPUS_KW * gpus / GPUS_PER_SERVER / BATCH;
    double energyKwh = inputs.pue() * (serverKwh + gpus * gpuKwh);
    double waterL = energyKwh * (inputs.wueLPerKwh() / inputs.pue() + mix.waterLPerKwh());
    return new Evaluation(energyKwh, waterL, latencyS, gpus);
  }

  private static double estimatedLatencyS(double activeB, ServedModel model, double outputTokens) {
    double secondsPerToken =
        model.tokensPerS().isPresent()
            ? 1 / model.tokensPerS().getAsDouble()
            : S_PER_ACTIVE_B * activeB + S_PER_BATCHED * BATCH + S_FIXED;
    return outputTokens * secondsPerToken + model.timeToFirstTokenS().orElse(0);
  }

  /** GPUs that hold the model: a power of two. */
  private static double gpus(double totalB) {
    double memoryGb = MEMORY_OVERHEAD * totalB * BITS_PER_PARAMETER / 8;
    double needed = Math.ceil(memoryGb / GPU_MEMORY_GB);
    double gpus = 1;
    while (gpus < needed) {
      gpus *= 2;
    }
    return gpus;
  }
}
