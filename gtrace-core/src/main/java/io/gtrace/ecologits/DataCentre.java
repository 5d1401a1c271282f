package io.gtrace.ecologits;

/**
 * @param pue facility energy over IT energy, 1 or more
 * @param wueLPerKwh litres of water evaporated on site for a kWh of IT energy
 */
public record DataCentre(ValueRange pue, ValueRange wueLPerKwh) {
  public DataCentre {
    if (pue.low() < 1) {
      throw new IllegalArgumentException("the PUE must be 1 or more, not " + pue.low());
    }
  }
}
