package io.gtrace.estimate;

import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Architecture;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.trace.Provenance;
import io.gtrace.uncertainty.Scatter;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Accelerator energy of a transformer, token by token, in joules.
 *
 * <p>Reading (prefill) is bound by compute: two floating-point operations for each token and active
 * parameter. Writing (decode) shares steps among the requests of a batch. A step streams the
 * weights once, of a mixture of experts those experts that its tokens are sent to; it computes for
 * every token; it costs something in every layer on every accelerator however little there is to
 * do, which grows slower than the batch; and every token reads the cached keys and values of its
 * context. Each term is thermal design power times data-sheet time times a fitted constant that
 * holds what data sheets leave out (achieved share of peak rates, power below the limit). Data
 * sheets of larger accelerators promise more than kernels reach: above the rate of an H100 all
 * terms grow by a power of that rate.
 *
 * <p>The constants are fitted to the ML.ENERGY v3 measurements by the bench module.
 */
final class TokenLaw {
  static final String DECODE =
      "power × (k_weights × weights read / (bandwidth × batch) + k_compute × 2 × active parameters"
          + " / rate + k_layer × layers × accelerators × batch^(k_batch - 1)) × k_scale"
          + " × model residual";
  static final String PREFILL =
      "power × k_prefill × 2 × active parameters / rate × k_scale × model residual";
  static final String ATTENTION =
      "power × k_prefill × operations of a token pair / rate × k_scale × model residual";
  static final String CONTEXT =
      "power × k_context × cached bytes of a token / bandwidth × k_scale × model residual";

  private static final double OPERATIONS_PER_PARAMETER = 2;
  private static final double REFERENCE_PARAMETERS = 8e9;
  private static final double H100_FLOP_PER_S = 989e12;

  /** Read and written for each token whatever the context (Nemotron Nano 2 report, 2025). */
  private static final double RECURRENT_STATE_BYTES = 140e6;

  private final Accelerator accelerator;
  private final ModelSize size;
  private final boolean edge;
  private final boolean recurrent;
  private final OptionalInt knownAccelerators;
  private final Factor batch;
  private final Factor residual;
  private final Factor weights;
  private final Factor compute;
  private final Factor context;
  private final Factor layerStep;
  private final Factor layerBatch;
  private final Factor prefill;
  private final Factor expertCompute;
  private final Factor expertsIn8Bits;
  private final Factor weightsIn4Bits;
  private final Factor scale;
  private final Factor layerScale;
  private final Factor recurrentState;
  private final Factor cachedShare;
  private final Factor pairOperations;
  private final Factor memoryShare;

  TokenLaw(FactorCatalogue catalogue, Model model, Deployment deployment) {
    this(catalogue, model, deployment, OptionalInt.empty());
  }

  /**
   * @param knownAccelerators how many hold one copy of the model; empty to follow from its size
   */
  TokenLaw(
      FactorCatalogue catalogue,
      Model model,
      Deployment deployment,
      OptionalInt knownAccelerators) {
    this.knownAccelerators = knownAccelerators;
    accelerator = deployment.accelerator();
    edge = deployment instanceof Deployment.Edge;
    recurrent = model.architecture() == Architecture.HYBRID;
    size = edge ? ModelSize.quantised(catalogue, model) : ModelSize.served(catalogue, model);
    batch = catalogue.assumption(edge ? "edge-batch" : "serving-batch");
    residual = residual(catalogue, model, "token-law-residual");
    weights = catalogue.assumption("token-law-weights");
    compute = catalogue.assumption("token-law-compute");
    context = catalogue.assumption("token-law-context");
    layerStep = catalogue.assumption("token-law-layer-step-s");
    layerBatch = catalogue.assumption("token-law-layer-batch-exponent");
    prefill = catalogue.assumption("token-law-prefill");
    expertCompute = catalogue.assumption("token-law-expert-compute");
    expertsIn8Bits = catalogue.assumption("token-law-8-bit-experts");
    weightsIn4Bits = catalogue.assumption("token-law-4-bit-weights");
    scale = catalogue.assumption("token-law-scale-exponent");
    layerScale = catalogue.assumption("token-law-layer-scale-exponent");
    recurrentState = catalogue.assumption("token-law-recurrent-state");
    cachedShare = catalogue.assumption("cached-input-share");
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
    return decodeJ(Math.max(1, state.of(batch)), state);
  }

  /** One token written when so many requests share a step; its context is priced apart. */
  double decodeJ(double inBatch, FactorState state) {
    double seconds =
        weightSeconds(inBatch, state) / inBatch
            + state.of(compute) * expertsCost(state) * computeSeconds(state)
            + layerSeconds(inBatch, state)
            + stateSeconds(state);
    return joules(seconds, state);
  }

  private double weightSeconds(double inBatch, FactorState state) {
    double slower = 1;
    if (size.isSparse() && size.bitsPerParameter() == 8) {
      slower = state.of(expertsIn8Bits);
    } else if (size.bitsPerParameter() < 8 && !edge) {
      slower = state.of(weightsIn4Bits);
    }
    return state.of(weights)
        * slower
        * size.bytesReadPerStep(inBatch, state)
        / bandwidthBytesPerS();
  }

  private double layerSeconds(double inBatch, FactorState state) {
    return state.of(layerStep)
        * size.layers(state)
        * accelerators(state)
        * Math.pow(inBatch, state.of(layerBatch) - 1)
        * Math.pow(beyondH100(), state.of(layerScale));
  }

  private double stateSeconds(FactorState state) {
    return recurrent ? state.of(recurrentState) * RECURRENT_STATE_BYTES / bandwidthBytesPerS() : 0;
  }

  private double expertsCost(FactorState state) {
    return size.isSparse() ? state.of(expertCompute) : 1;
  }

  double prefillJ(FactorState state) {
    return joules(state.of(prefill) * expertsCost(state) * computeSeconds(state), state);
  }

  double cachedInputJ(FactorState state) {
    return prefillJ(state) * state.of(cachedShare);
  }

  /** One token attending to one earlier token during prefill. */
  double pairJ(FactorState state) {
    double operations =
        state.of(pairOperations)
            * Math.pow(size.activeParameters(state) / REFERENCE_PARAMETERS, 2.0 / 3);
    return joules(state.of(prefill) * operations / flopPerS(), state);
  }

  /** One generated token reading the keys and values of one earlier token. */
  double contextReadJ(FactorState state) {
    return joules(
        state.of(context) * size.cachedBytesPerToken(state) / bandwidthBytesPerS(), state);
  }

  /** Energy of data-sheet time at data-sheet power, corrected by the fit. */
  private double joules(double seconds, FactorState state) {
    return accelerator.thermalDesignPowerW()
        * seconds
        * Math.pow(beyondH100(), state.of(scale))
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
    if (knownAccelerators.isPresent()) {
      return knownAccelerators.getAsInt();
    }
    double needed = size.storedGb(state) / (accelerator.memoryGb() * state.of(memoryShare));
    double count = 1;
    while (count < needed && count < 1 << 16) {
      count *= 2;
    }
    return count;
  }

  private double beyondH100() {
    return Math.max(1, flopPerS() / H100_FLOP_PER_S);
  }

  private double flopPerS() {
    return accelerator.bf16Tflops() * 1e12;
  }

  private double bandwidthBytesPerS() {
    return accelerator.memoryBandwidthGbPerS() * 1e9;
  }
}
