package io.gtrace.estimate;

import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.factor.Precision;
import java.util.Optional;

/**
 * Bits in which one parameter is stored. Who serves a closed model seldom says; then it is a draw,
 * one for all closed models of a provider, and the format that lies nearest to it.
 */
final class StoredBits {
  /** 4-bit weights with one shared 8-bit scale per block of 32, as local runtimes ship them. */
  private static final double QUANTISED = 4.25;

  private final double known;
  private final Optional<Factor> undisclosed;

  /** As servers hold the model. */
  static StoredBits served(FactorCatalogue catalogue, Model model) {
    return model
        .precision()
        .map(precision -> new StoredBits(precision.bitsPerParameter(), Optional.empty()))
        .orElseGet(() -> new StoredBits(0, Optional.of(undisclosed(catalogue, model))));
  }

  /** As a device holds the model: in 4 bits, unless it is smaller already. */
  static StoredBits quantised(Model model) {
    double served = model.precision().map(Precision::bitsPerParameter).orElse(QUANTISED);
    return new StoredBits(Math.min(served, QUANTISED), Optional.empty());
  }

  private StoredBits(double known, Optional<Factor> undisclosed) {
    this.known = known;
    this.undisclosed = undisclosed;
  }

  private static Factor undisclosed(FactorCatalogue catalogue, Model model) {
    Factor prior = catalogue.assumption("undisclosed-bits-per-parameter");
    return Factor.of(
        "bits:" + model.provider(),
        prior.meaning() + ": " + model.provider(),
        prior.unit(),
        prior.scatter(),
        prior.provenance());
  }

  double of(FactorState state) {
    return undisclosed.map(factor -> nearestFormat(state.of(factor))).orElse(known);
  }

  /** 16, 8 or 4 bits with their scales, whichever is nearest in ratio. */
  private static double nearestFormat(double bits) {
    double large = Precision.BF16.bitsPerParameter();
    double middle = Precision.FP8.bitsPerParameter();
    double small = Precision.MXFP4.bitsPerParameter();
    if (bits * bits > large * middle) {
      return large;
    }
    return bits * bits > middle * small ? middle : small;
  }
}
