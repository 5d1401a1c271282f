package io.gtrace.estimate;

import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.trace.Provenance;
import io.gtrace.uncertainty.Scatter;
import java.util.Locale;

/**
 * Accelerator energy of a transformer, token by token, in joules.
 *
 * <p>Reading (prefill) is bound by compute: two floating-point operations for each token and active
 * parameter. Writing (decode) is bound by memory: each step streams the weights once for the whole
 * batch, every token reads the cached keys and values of its context, and each step has a fixed
 * cost on each accelerator. Each term is data-sheet power times data-sheet time times a fitted
 * constant that holds what data sheets leave out (achieved share of peak rate, power below thermal
 * design power). The constants are fitted to the ML.ENERGY v3 measurements.
 */
final class TokenLaw {
  static final String DECODE =
      "power × (k_weights × weights read / (bandwidth × batch) + k_compute × 2 × active parameters"
          + " / rate + k_step × accelerators / batch) × model residual";
  static final String PREFILL = "power × k_prefill × 2 × active parameters / rate × model residual";
  static final String ATTENTION =
      "power × k_prefill × operations of a token pair / rate × model residual";
  static final String CONTEXT =
      "power × k_context × cached bytes of a token / bandwidth × model residual";

  private static final double OPERATIONS_PER_PARAMETER = 2;
  private static final double REFERENCE_PARAMETERS = 8e9;

  private final Accelerator accelerator;
  private final ModelSize size;
  private final boolean edge;
  private final Factor batch;
  private final Factor residual;
  private final Factor weights;
  private final Factor compute;
  private final Factor context;
  private final Factor step;
  private final Factor prefill;
  private final Factor cachedShare;
  private final Factor cachedBytes;
  private final Factor pairOperations;
  private final Factor memoryShare;

  TokenLaw(FactorCatalogue catalogue, Model model, Deployment deployment) {
    accelerator = deployment.accelerator();
    edge = deployment instanceof Deployment.Edge;
    size = edge ? ModelSize.quantised(model) : ModelSize.served(model);
    batch = catalogue.assumption(edge ? "edge-batch" : "serving-batch");
    residual = residual(catalogue, model, "token-law-residual");
    weights = catalogue.assumption("token-law-weights");
    compute = catalogue.assumption("token-law-compute");
    context = catalogue.assumption("token-law-context");
    step = catalogue.assumption("token-law-step-s");
    prefill = catalogue.assumption("token-law-prefill");
    cachedShare = catalogue.assumption("cached-input-share");
    cachedBytes = catalogue.assumption("cached-bytes-per-token");
    pairOperations = catalogue.assumption("operations-per-token-pair");
    memoryShare = catalogue.assumption("memory-for-weights-share");
    if (edge) {
      requireFit(model);
    }
  }

  /** The misfit of a law for one model: a factor of its own, with the spread seen across models. */
  static Factor residual(FactorCatalogue catalogue, Model model, String lawResidual) {
    Factor spread = catalogue.assumption(lawResidual);
    Provenance provenance = spread.provenance();
    return Factor.of(
        lawResidual + ":" + model.id(),
        spread.meaning() + " for " + model.name(),
        "",
        Scatter.lognormal(1, spread.scatter().sd()),
        provenance);
  }

  private void requireFit(Model model) {
    double neededGb = size.storedGb(FactorState.medians());
    if (neededGb > accelerator.memoryGb()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs %.0f GB of memory even with 4-bit weights; %s has %.0f GB",
              model.id(),
              neededGb,
              accelerator.id(),
              accelerator.memoryGb()));
    }
  }

  double decodeJ(FactorState state) {
    double inBatch = Math.max(1, state.of(batch));
    double seconds =
        state.of(weights) * size.bytesReadPerStep(inBatch, state) / (bandwidthBytesPerS() * inBatch)
            + state.of(compute) * computeSeconds(state)
            + state.of(step) * accelerators(state) / inBatch;
    return accelerator.thermalDesignPowerW() * seconds * state.of(residual);
  }

  double prefillJ(FactorState state) {
    return accelerator.thermalDesignPowerW()
        * state.of(prefill)
        * computeSeconds(state)
        * state.of(residual);
  }

  double cachedInputJ(FactorState state) {
    return prefillJ(state) * state.of(cachedShare);
  }

  /** One token attending to one earlier token during prefill. */
  double pairJ(FactorState state) {
    double operations =
        state.of(pairOperations)
            * Math.pow(size.activeParameters(state) / REFERENCE_PARAMETERS, 2.0 / 3);
    return accelerator.thermalDesignPowerW()
        * state.of(prefill)
        * operations
        / flopPerS()
        * state.of(residual);
  }

  /** One generated token reading the keys and values of one earlier token. */
  double contextReadJ(FactorState state) {
    double bytes = state.of(cachedBytes) * Math.pow(size.activeBillions(state), 0.45);
    return accelerator.thermalDesignPowerW()
        * state.of(context)
        * bytes
        / bandwidthBytesPerS()
        * state.of(residual);
  }

  private double computeSeconds(FactorState state) {
    return OPERATIONS_PER_PARAMETER * size.activeParameters(state) / flopPerS();
  }

  /** Accelerators that hold one copy of the model: a power of two, as tensor parallelism wants. */
  private double accelerators(FactorState state) {
    if (edge) {
      return 1;
    }
    double needed = size.storedGb(state) / (accelerator.memoryGb() * state.of(memoryShare));
    double count = 1;
    while (count < needed && count < 1 << 16) {
      count *= 2;
    }
    return count;
  }

  private double flopPerS() {
    double bf16 = accelerator.bf16Tflops();
    double tflops = size.bytesPerParameter() <= 1 ? accelerator.fp8Tflops().orElse(bf16) : bf16;
    return tflops * 1e12;
  }

  private double bandwidthBytesPerS() {
    return accelerator.memoryBandwidthGbPerS() * 1e9;
  }
}
