package io.gtrace.ecologits;

/**
 * What a request costs by the EcoLogits method, each figure from its lower to its upper end.
 *
 * @param energyKwh electricity of the data centre
 * @param usageGwpKg carbon of that electricity, kgCO2e
 * @param embodiedGwpKg wear of the hardware, kgCO2e
 * @param usageAdpeKgSbEq abiotic depletion of elements by the electricity
 * @param embodiedAdpeKgSbEq the same by the hardware
 * @param usagePrimaryEnergyMj primary energy of the electricity
 * @param embodiedPrimaryEnergyMj the same of the hardware
 * @param waterL water on site and of the electricity
 */
public record RequestImpacts(
    ValueRange energyKwh,
    ValueRange usageGwpKg,
    ValueRange embodiedGwpKg,
    ValueRange usageAdpeKgSbEq,
    ValueRange embodiedAdpeKgSbEq,
    ValueRange usagePrimaryEnergyMj,
    ValueRange embodiedPrimaryEnergyMj,
    ValueRange waterL) {

  /** Usage and embodied together, kgCO2e. */
  public ValueRange gwpKg() {
    return usageGwpKg.plus(embodiedGwpKg);
  }

  /** Usage and embodied together, kg antimony equivalent. */
  public ValueRange adpeKgSbEq() {
    return usageAdpeKgSbEq.plus(embodiedAdpeKgSbEq);
  }

  /** Usage and embodied together, MJ. */
  public ValueRange primaryEnergyMj() {
    return usagePrimaryEnergyMj.plus(embodiedPrimaryEnergyMj);
  }

  /** So many such requests. */
  public RequestImpacts times(double requests) {
    return new RequestImpacts(
        energyKwh.times(requests),
        usageGwpKg.times(requests),
        embodiedGwpKg.times(requests),
        usageAdpeKgSbEq.times(requests),
        embodiedAdpeKgSbEq.times(requests),
        usagePrimaryEnergyMj.times(requests),
        embodiedPrimaryEnergyMj.times(requests),
        waterL.times(requests));
  }
}
