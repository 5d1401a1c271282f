package io.gtrace.estimate;

import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.factor.Precision;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import io.gtrace.uncertainty.Scatter;

/**
 * Bits in which one parameter is stored. Who serves a closed model seldom says; then it is a draw,
 * one for all closed models of a provider, and the format that lies nearest to it.
 */
final class StoredBits {
  /** 4-bit weights with one shared 8-bit scale per block of 32, as local runtimes ship them. */
  private static final double QUANTISED = 4.25;

  private static final Provenance AS_SHIPPED =
      new Provenance(
          Tier.DEFAULT,
          "4-bit weights with one shared 8-bit scale per block of 32, as local runtimes ship them",
          2026,
          "own estimate");

  private final Factor bits;
  private final boolean isDrawn;

  /** As servers hold the model. */
  static StoredBits served(FactorCatalogue catalogue, Model model) {
    return model
        .precision()
        .map(precision ->
            new StoredBits(exactly(model, precision.bitsPerParameter(), model.provenance()), false))
        .orElseGet(() -> new StoredBits(undisclosed(catalogue, model), true));
  }

  /** As a device holds the model: in 4 bits, unless it is smaller already. */
  static StoredBits quantised(Model model) {
    double served = model.precision().map(Precision::bitsPerParameter).orElse(QUANTISED);
    return new StoredBits(
        served < QUANTISED
            ? exactly(model, served, model.provenance())
            : exactly(model, QUANTISED, AS_SHIPPED),
        false);
  }

  private StoredBits(Factor bits, boolean isDrawn) {
    this.bits = bits;
    this.isDrawn = isDrawn;
  }

  private static Factor exactly(Model model, double bits, Provenance provenance) {
    return Factor.of(
        "stored-bits:" + model.id(),
        "bits in which one parameter is stored",
        "bit",
        Scatter.exactly(bits),
        provenance);
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
    double asked = state.of(bits);
    return isDrawn ? nearestFormat(asked) : asked;
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
