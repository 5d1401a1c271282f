package io.gtrace.estimate;

/**
 * What one unit of a driver costs. All energies are electricity at the plug of the component, in
 * kWh.
 *
 * @param acceleratorKwh accelerators while they work
 * @param hostKwh the rest of the server: processors, memory, network cards, fans
 * @param idleKwh machines held ready but not working, shared over the work
 * @param networkKwh carrying input and output between user and server; outside the facility
 * @param embodiedKg wear of the hardware, kgCO2e
 */
public record UnitRate(
    double acceleratorKwh, double hostKwh, double idleKwh, double networkKwh, double embodiedKg) {

  /** Costs nothing. */
  public static final UnitRate NONE = new UnitRate(0, 0, 0, 0, 0);

  /** Energy that the facility's overhead applies to. */
  public double insideFacilityKwh() {
    return acceleratorKwh + hostKwh + idleKwh;
  }

  UnitRate withNetworkKwh(double kwh) {
    return new UnitRate(acceleratorKwh, hostKwh, idleKwh, kwh, embodiedKg);
  }
}
