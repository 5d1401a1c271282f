package io.gtrace.estimate;

import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;

/** Electricity of carrying data between user and server; none for a device at its user's. */
final class Network {
  static final String FORMULA = "bytes carried × network energy of a byte";
  private static final double BYTES_PER_GB = 1e9;

  private final boolean carries;
  private final Factor kwhPerGb;

  Network(FactorCatalogue catalogue, Deployment deployment) {
    carries = deployment instanceof Deployment.DataCentre;
    kwhPerGb = catalogue.assumption("network-kwh-per-gb");
  }

  UnitRate carrying(Factor bytes, FactorState state) {
    return carries
        ? UnitRate.NONE.withNetworkKwh(state.of(bytes) / BYTES_PER_GB * state.of(kwhPerGb))
        : UnitRate.NONE;
  }
}
