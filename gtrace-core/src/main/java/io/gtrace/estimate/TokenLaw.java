package io.gtrace.estimate;

import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Accelerator energy of a transformer, token by token, in joules.
 *
 * <p>Reading (prefill) is bound by compute: two floating-point operations for each token and active
 * parameter. Writing (decode) shares steps among the requests of a batch. A step streams the
 * weights once, of a mixture of experts those experts that its tokens are sent to; it computes for
 * every token; and it costs something in every layer on every accelerator, more in a layer of
 * experts, which grows slower than the batch. Every token costs its scheduling and sampling, during
 * which all accelerators wait, and reads the cached keys and values of its context. Each term is
 * thermal design power times data-sheet time times a fitted constant that holds what data sheets
 * leave out (achieved share of peak rates, power below the limit). The rate is that of the
 * precision of the weights where the accelerator computes in it. Data sheets of larger accelerators
 * promise more than kernels reach: above the rate of an H100 the terms of compute and memory grow
 * by a power of that rate.
 *
 * <p>The constants are fitted to the ML.ENERGY v3 measurements by the bench module.
 */
final class TokenLaw {
  static final String LAW = "token-law";
  static final String DECODE =
      "power × ((k_weights × weights read × k_precision / (bandwidth × batch) + k_compute × 2 ×"
          + " (shared + k_expert × routed active parameters) / rate + (k_state × recurrent state"
          + " + k_context × window) / bandwidth) × k_scale + accelerators × (k_layer × layers × (1"
          + " + k_expert layer × share with experts) × batch^(k_batch - 1) + k_token))"
          + " × model residual";
  static final String PREFILL =
      "power × k_prefill × 2 × (shared + k_expert × routed active parameters) / rate × k_scale"
          + " × model residual";
  static final String ATTENTION =
      "power × k_prefill × operations of a token pair / rate × k_scale × model residual";
  static final String CONTEXT =
      "power × k_context × cached bytes of a token / bandwidth × k_scale × model residual";

  private static final double OPERATIONS_PER_PARAMETER = 2;
  private static final double OPERATIONS_PER_PAIR_AND_WIDTH = 4;
  private static final double REFERENCE_PARAMETERS = 8e9;
  private static final double H100_FLOP_PER_S = 989e12;

  private final Accelerator accelerator;
  private final ModelSize size;
  private final boolean edge;
  private final OptionalInt knownAccelerators;
  private final Factor batch;
  private final Factor residual;
  private final Factor unmeasuredResidual;
  private final Factor weights;
  private final Factor compute;
  private final Factor context;
  private final Factor layerStep;
  private final Factor layerBatch;
  private final Factor expertLayer;
  private final Factor tokenStep;
  private final Factor prefill;
  private final Factor expertCompute;
  private final Factor expertsIn8Bits;
  private final Factor weightsIn4Bits;
  private final Factor scale;
  private final Factor recurrentState;
  private final Factor cachedShare;
  private final Factor pairOperations;
  private final Factor memoryShare;
  private final Factor usualContext;

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
    size = edge ? ModelSize.quantised(catalogue, model) : ModelSize.served(catalogue, model);
    batch = catalogue.assumption(edge ? "edge-batch" : "serving-batch");
    residual = LawResidual.of(catalogue, model, accelerator, LAW);
    unmeasuredResidual = LawResidual.unmeasured(catalogue, model, accelerator, LAW);
    weights = catalogue.assumption("token-law-weights");
    compute = catalogue.assumption("token-law-compute");
    context = catalogue.assumption("token-law-context");
    layerStep = catalogue.assumption("token-law-layer-step-s");
    layerBatch = catalogue.assumption("token-law-layer-batch-exponent");
    expertLayer = catalogue.assumption("token-law-expert-layer");
    tokenStep = catalogue.assumption("token-law-token-step-s");
    prefill = catalogue.assumption("token-law-prefill");
    expertCompute = catalogue.assumption("token-law-expert-compute");
    expertsIn8Bits = catalogue.assumption("token-law-8-bit-experts");
    weightsIn4Bits = catalogue.assumption("token-law-4-bit-weights");
    scale = catalogue.assumption("token-law-scale-exponent");
    recurrentState = catalogue.assumption("token-law-recurrent-state");
    cachedShare = catalogue.assumption("cached-input-share");
    pairOperations = catalogue.assumption("operations-per-token-pair");
    memoryShare = catalogue.assumption("memory-for-weights-share");
    usualContext = catalogue.assumption("context-of-windowed-layers");
    if (edge) {
      size.requireFit(accelerator);
    }
  }

  /** The model residual that holds where nothing of the model was measured. */
  Factor unmeasuredResidual() {
    return unmeasuredResidual;
  }

  /** One token written in a usual batch; the context that grows with it is priced apart. */
  double decodeJ(FactorState state) {
    return decodeJ(Math.max(1, state.of(batch)), state)
        + windowReadJ(state.of(usualContext), state);
  }

  /** One token written when so many requests share a step; its context is priced apart. */
  double decodeJ(double inBatch, FactorState state) {
    double working =
        weightSeconds(inBatch, state) / inBatch
            + state.of(compute) * computeSeconds(state)
            + state.of(recurrentState) * size.recurrentStateBytes() / bandwidthBytesPerS();
    return joules(working * beyondH100(state) + launchSeconds(inBatch, state), state);
  }

  private double weightSeconds(double inBatch, FactorState state) {
    double slower = 1;
    double bits = size.bitsPerParameter(state);
    if (size.isSparse() && bits == 8) {
      slower = state.of(expertsIn8Bits);
    } else if (bits < 8 && !edge && accelerator.fp4Tflops().isEmpty()) {
      slower = state.of(weightsIn4Bits);
    }
    return state.of(weights)
        * slower
        * size.bytesReadPerStep(inBatch, state)
        / bandwidthBytesPerS();
  }

  /** Launch of the layers, and scheduling and sampling of the token, on all accelerators. */
  private double launchSeconds(double inBatch, FactorState state) {
    double layers = size.layers(state) * (1 + state.of(expertLayer) * size.expertLayerShare());
    double byBatch = Math.pow(inBatch, state.of(layerBatch) - 1);
    return accelerators(state) * (state.of(layerStep) * layers * byBatch + state.of(tokenStep));
  }

  double prefillJ(FactorState state) {
    return joules(state.of(prefill) * computeSeconds(state) * beyondH100(state), state);
  }

  double cachedInputJ(FactorState state) {
    return prefillJ(state) * state.of(cachedShare);
  }

  /** One token attending to one earlier token during prefill. */
  double pairJ(FactorState state) {
    double operations =
        size.layersTimesWidth().isPresent()
            ? OPERATIONS_PER_PAIR_AND_WIDTH * size.layersTimesWidth().getAsDouble()
            : state.of(pairOperations)
                * Math.pow(size.activeParameters(state) / REFERENCE_PARAMETERS, 2.0 / 3);
    return joules(state.of(prefill) * operations / bf16FlopPerS() * beyondH100(state), state);
  }

  /** One generated token reading the keys and values of one earlier token. */
  double contextReadJ(FactorState state) {
    return readJ(size.cachedBytesPerToken(state), state);
  }

  /** One generated token reading what layers with a window keep after so many tokens. */
  double windowReadJ(double contextTokens, FactorState state) {
    return readJ(size.windowBytes(contextTokens), state);
  }

  private double readJ(double bytes, FactorState state) {
    return joules(state.of(context) * bytes / bandwidthBytesPerS() * beyondH100(state), state);
  }

  /** Energy of data-sheet time at data-sheet power, corrected by the fit. */
  private double joules(double seconds, FactorState state) {
    return accelerator.thermalDesignPowerW() * seconds * state.of(residual);
  }

  /** Data-sheet time of one token through all active parameters; routed ones cost more. */
  private double computeSeconds(FactorState state) {
    double parameters =
        size.activeSharedParameters(state)
            + state.of(expertCompute) * size.activeRoutedParameters(state);
    return OPERATIONS_PER_PARAMETER * parameters / flopPerS(state);
  }

  /** Accelerators that hold one copy of the model: a power of two, as tensor parallelism wants. */
  double accelerators(FactorState state) {
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

  private double beyondH100(FactorState state) {
    return Math.pow(Math.max(1, bf16FlopPerS() / H100_FLOP_PER_S), state.of(scale));
  }

  /** The rate in the precision of the weights; 16 bits where the accelerator has no other. */
  private double flopPerS(FactorState state) {
    double bits = size.bitsPerParameter(state);
    if (edge || bits > 8) {
      return bf16FlopPerS();
    }
    OptionalDouble tflops = bits == 8 ? accelerator.fp8Tflops() : accelerator.fp4Tflops();
    return tflops.isPresent() ? tflops.getAsDouble() * 1e12 : bf16FlopPerS();
  }

  private double bf16FlopPerS() {
    return accelerator.bf16Tflops() * 1e12;
  }

  private double bandwidthBytesPerS() {
    return accelerator.memoryBandwidthGbPerS() * 1e9;
  }
}
