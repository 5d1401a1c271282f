package io.gtrace.estimate;

import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.factor.Range;
import io.gtrace.factor.TransformerShape;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The parameters of a model as factors. Stored and active parameters of one model share their
 * draws: a model that is larger than thought is larger in both.
 */
final class ModelSize {
  private static final double PER_BILLION = 1e9;
  private static final double REFERENCE_BILLIONS = 8;

  // Slopes over the published configurations of open models of 8 to 671 billion parameters.
  private static final double LAYERS_EXPONENT = 0.3;
  private static final double CACHE_EXPONENT = 0.45;

  private final Model model;
  private final Factor total;
  private final Factor active;
  private final Factor layersOfSize;
  private final Factor cachedBytesOfSize;
  private final Optional<TransformerShape> shape;
  private final StoredBits bits;
  private final boolean sparse;

  /** The model in the precision in which servers hold it. */
  static ModelSize served(FactorCatalogue catalogue, Model model) {
    return new ModelSize(catalogue, model, StoredBits.served(catalogue, model));
  }

  /** The model as a device holds it. */
  static ModelSize quantised(FactorCatalogue catalogue, Model model) {
    return new ModelSize(catalogue, model, StoredBits.quantised(model));
  }

  private ModelSize(FactorCatalogue catalogue, Model model, StoredBits bits) {
    this.model = model;
    total = size(model, "parameters stored of ", model.totalParametersB());
    active = size(model, "parameters active of ", model.activeParametersB());
    layersOfSize = catalogue.assumption("layers-of-8-billion-parameters");
    cachedBytesOfSize = catalogue.assumption("cached-bytes-per-token");
    shape = model.transformer();
    this.bits = bits;
    sparse = active.median() < 0.95 * total.median();
  }

  private static Factor size(Model model, String meaning, Range range) {
    return Factor.of(
            "size:" + model.id(),
            meaning + model.name(),
            "10^9",
            range.scatter(),
            model.provenance())
        .withNotes(model.notes());
  }

  double activeParameters(FactorState state) {
    return state.of(active) * PER_BILLION;
  }

  double bitsPerParameter(FactorState state) {
    return bits.of(state);
  }

  /** Whether a token uses only a part of the parameters. */
  boolean isSparse() {
    return sparse;
  }

  /** Blocks from input to output: published, or as models of that size have. */
  double layers(FactorState state) {
    if (shape.isPresent()) {
      return shape.get().layers();
    }
    double billions = Math.sqrt(state.of(total) * state.of(active));
    return state.of(layersOfSize) * Math.pow(billions / REFERENCE_BILLIONS, LAYERS_EXPONENT);
  }

  /** Keys and values of one token of context: published, or as models of that size have. */
  double cachedBytesPerToken(FactorState state) {
    return shape.isPresent()
        ? shape.get().kvBytesPerToken()
        : state.of(cachedBytesOfSize) * Math.pow(state.of(active), CACHE_EXPONENT);
  }

  /** Layers times width, where both are published: the work of attention grows with it. */
  OptionalDouble layersTimesWidth() {
    return shape.isPresent() && shape.get().width().isPresent()
        ? OptionalDouble.of((double) shape.get().layers() * shape.get().width().getAsInt())
        : OptionalDouble.empty();
  }

  /** What layers that see only the latest tokens read for one token after so many. */
  double windowBytes(double contextTokens) {
    return shape.map(known -> known.window().readBytes(contextTokens)).orElse(0.0);
  }

  /** State of recurrent layers, read and written for each token. */
  double recurrentStateBytes() {
    return shape.map(known -> (double) known.recurrentStateBytes()).orElse(0.0);
  }

  /** Share of the layers that route tokens to experts. */
  double expertLayerShare() {
    if (!sparse) {
      return 0;
    }
    return shape
        .filter(known -> known.experts().routed())
        .map(known -> (double) known.experts().layers() / known.layers())
        .orElse(1.0);
  }

  private double bytesPerParameter(FactorState state) {
    return bits.of(state) / 8;
  }

  /**
   * @throws IllegalArgumentException if the model does not fit into the memory of a device
   */
  void requireFit(Accelerator device) {
    double neededGb = storedGb(FactorState.medians());
    if (neededGb > device.memoryGb()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs %.0f GB of memory even with 4-bit weights; %s has %.0f GB",
              model.id(),
              neededGb,
              device.id(),
              device.memoryGb()));
    }
  }

  double storedGb(FactorState state) {
    return state.of(total) * bytesPerParameter(state);
  }

  /**
   * Bytes of weights read in one decode step of a batch. A sparse model reads what all tokens share
   * and, as the tokens of the batch go to different experts, more of itself the larger the batch:
   * an expert that a token uses with probability p is missed by all with probability (1 - p)^batch.
   * Where the experts are not published, all of the model is taken to be routed.
   */
  double bytesReadPerStep(double batch, FactorState state) {
    double routed = routedParameters(state);
    double touched = routed == 0 ? 0 : 1 - Math.pow(1 - expertShare(state), batch);
    return (activeSharedParameters(state) + routed * touched) * bytesPerParameter(state);
  }

  /** Active parameters that every token uses. */
  double activeSharedParameters(FactorState state) {
    return Math.max(0, activeParameters(state) - activeRoutedParameters(state));
  }

  /** Active parameters in the experts that one token is sent to. */
  double activeRoutedParameters(FactorState state) {
    double routed = routedParameters(state);
    return routed == 0 ? 0 : Math.min(activeParameters(state), routed * expertShare(state));
  }

  /** Parameters of all routed experts together; 0 in a dense model. */
  private double routedParameters(FactorState state) {
    double activeParameters = activeParameters(state);
    double stored = state.of(total) * PER_BILLION;
    // Where sizes are only known to lie in ranges, a draw may make all of the model active.
    if (!sparse || activeParameters >= stored) {
      return 0;
    }
    return Math.min(stored, (stored - activeParameters) / (1 - expertShare(state)));
  }

  /** Share of the routed experts that one token uses. */
  private double expertShare(FactorState state) {
    return shape
        .map(TransformerShape::experts)
        .filter(TransformerShape.Experts::routed)
        .map(known -> (double) known.perToken() / known.count())
        .orElseGet(() -> Math.min(1, state.of(active) / state.of(total)));
  }
}
