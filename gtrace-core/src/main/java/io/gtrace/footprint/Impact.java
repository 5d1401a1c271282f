package io.gtrace.footprint;

/**
 * What is counted. Each impact is a kind of its own: location-based, market-based and marginal
 * carbon answer different questions about the same electricity and are never added to each other.
 */
public enum Impact {
  /** Electricity of the whole chain in the boundary, facility overhead included. */
  ENERGY_KWH("kWh"),
  /** Carbon of that electricity at the average of its grid (GHG Protocol scope 2, location). */
  OPERATIONAL_LOCATION_BASED_KG("kgCO2e"),
  /** Carbon of that electricity by the contracts of its buyer (GHG Protocol scope 2, market). */
  OPERATIONAL_MARKET_BASED_KG("kgCO2e"),
  /** Carbon that a little more or less of that electricity would cause or avoid. */
  MARGINAL_KG("kgCO2e"),
  /** Share of the making of the hardware that the work wore out. */
  EMBODIED_KG("kgCO2e"),
  /** Water evaporated for cooling where the work ran. */
  WATER_ON_SITE_L("L"),
  /** Water used to make the electricity. */
  WATER_ELECTRICITY_L("L"),
  /** The headline: operational location-based plus embodied. */
  CARBON_KG("kgCO2e"),
  /** On-site and electricity water together. */
  WATER_L("L");

  private final String unit;

  Impact(String unit) {
    this.unit = unit;
  }

  public String unit() {
    return unit;
  }
}
