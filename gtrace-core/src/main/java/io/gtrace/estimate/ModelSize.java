package io.gtrace.estimate;

import io.gtrace.factor.Factor;
import io.gtrace.factor.Model;
import io.gtrace.factor.Range;
import io.gtrace.uncertainty.Scatter;

/**
 * The parameters of a model as factors. Stored and active parameters of one model share their
 * draws: a model that is larger than thought is larger in both.
 */
final class ModelSize {
  private static final double PER_BILLION = 1e9;

  private final Factor total;
  private final Factor active;
  private final double bytesPerParameter;
  private final boolean sparse;

  /** The model in the precision in which servers hold it. */
  static ModelSize served(Model model) {
    return new ModelSize(model, model.bitsPerParameter());
  }

  /**
   * The model quantised for a device: 4-bit weights with one shared 8-bit scale per block of 32, as
   * the common local runtimes ship them, unless it is smaller already.
   */
  static ModelSize quantised(Model model) {
    return new ModelSize(model, Math.min(model.bitsPerParameter(), 4.25));
  }

  private ModelSize(Model model, double bitsPerParameter) {
    total = size(model, "parameters stored of ", model.totalParametersB());
    active = size(model, "parameters active of ", model.activeParametersB());
    bytesPerParameter = bitsPerParameter / 8;
    sparse = active.median() < 0.95 * total.median();
  }

  private static Factor size(Model model, String meaning, Range range) {
    Scatter scatter =
        range.low() == range.high()
            ? Scatter.exactly(range.low())
            : Scatter.lognormal90(range.low(), range.high());
    return Factor.of(
            "size:" + model.id(), meaning + model.name(), "10^9", scatter, model.provenance())
        .withNotes(model.notes());
  }

  double activeParameters(FactorState state) {
    return state.of(active) * PER_BILLION;
  }

  double activeBillions(FactorState state) {
    return state.of(active);
  }

  double bytesPerParameter() {
    return bytesPerParameter;
  }

  double storedGb(FactorState state) {
    return state.of(total) * bytesPerParameter;
  }

  /**
   * Bytes of weights read in one decode step of a batch. A sparse model reads its active share for
   * one sequence and, as the experts of the sequences differ, more of itself the larger the batch:
   * each expert is missed by all with probability (1 − active/total)^batch.
   */
  double bytesReadPerStep(double batch, FactorState state) {
    double activeBytes = activeParameters(state) * bytesPerParameter;
    if (!sparse) {
      return activeBytes;
    }
    double totalBytes = state.of(total) * PER_BILLION * bytesPerParameter;
    double share = Math.min(1, activeBytes / totalBytes);
    return activeBytes + (totalBytes - activeBytes) * (1 - Math.pow(1 - share, batch));
  }
}
