package io.gtrace.activity;

/**
 * Electricity of the hardware of a run, told by a meter on it; before the overhead of the facility.
 * Of what made the hardware, and of what else the machine draws, it tells nothing.
 *
 * @param meteredKwh of parts whose energy counters were read, 0 to 10^9
 * @param modelledKwh of parts that were modelled by how busy they were, 0 to 10^9
 */
public record MeteredEnergy(double meteredKwh, double modelledKwh) implements Training.Work {
  public MeteredEnergy {
    Amount.quantity("meteredKwh", meteredKwh, 1e9, "kWh");
    Amount.quantity("modelledKwh", modelledKwh, 1e9, "kWh");
  }

  void addTo(Volumes.Builder volumes) {
    volumes.add(Driver.METERED_KWH, meteredKwh);
    volumes.add(Driver.MODELLED_KWH, modelledKwh);
  }
}
