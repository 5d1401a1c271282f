package io.gtrace.ecologits;

/**
 * What one kWh of a grid's electricity costs.
 *
 * @param gwpKgPerKwh global warming potential, kgCO2e
 * @param adpeKgSbEqPerKwh abiotic depletion of elements, kg antimony equivalent
 * @param primaryEnergyMjPerKwh primary energy, MJ
 * @param waterLPerKwh water consumed, L
 */
public record ElectricityMix(
    double gwpKgPerKwh,
    double adpeKgSbEqPerKwh,
    double primaryEnergyMjPerKwh,
    double waterLPerKwh) {

  public ElectricityMix {
    require("carbon", gwpKgPerKwh);
    require("ADPe", adpeKgSbEqPerKwh);
    require("primary energy", primaryEnergyMjPerKwh);
    require("water", waterLPerKwh);
  }

  private static void require(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the " + what + " of a kWh must be zero or more, not " + value);
    }
  }
}
