package io.gtrace.report;

import io.gtrace.footprint.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Figures for people: three significant digits, a sensible SI prefix, the interval beside. */
public final class Figures {
  private static final MathContext DIGITS = new MathContext(3);

  private record Unit(String symbol, double size) {}

  private static final List<Unit> ENERGY_KWH =
      List.of(
          new Unit("TWh", 1e9),
          new Unit("GWh", 1e6),
          new Unit("MWh", 1e3),
          new Unit("kWh", 1),
          new Unit("Wh", 1e-3),
          new Unit("mWh", 1e-6));
  private static final List<Unit> MASS_KG =
      List.of(
          new Unit("Mt", 1e9),
          new Unit("kt", 1e6),
          new Unit("t", 1e3),
          new Unit("kg", 1),
          new Unit("g", 1e-3),
          new Unit("mg", 1e-6));
  private static final List<Unit> VOLUME_L =
      List.of(
          new Unit("million m³", 1e9),
          new Unit("m³", 1e3),
          new Unit("L", 1),
          new Unit("mL", 1e-3),
          new Unit("µL", 1e-6));

  private Figures() {}

  /** An energy in kWh, as in {@code 12.3 Wh (8.1 to 20.4)}. */
  public static String energy(Quantity kwh) {
    return text(kwh, ENERGY_KWH, "");
  }

  /** A mass of greenhouse gas in kgCO2e. */
  public static String carbon(Quantity kg) {
    return text(kg, MASS_KG, " CO2e");
  }

  /** A volume of water in litres. */
  public static String water(Quantity litres) {
    return text(litres, VOLUME_L, "");
  }

  private static String text(Quantity quantity, List<Unit> units, String suffix) {
    Unit unit = unitFor(quantity.median(), units);
    return rounded(quantity.median(), unit)
        + " "
        + unit.symbol()
        + suffix
        + " ("
        + rounded(quantity.low(), unit)
        + " to "
        + rounded(quantity.high(), unit)
        + ")";
  }

  private static Unit unitFor(double value, List<Unit> units) {
    for (Unit unit : units) {
      if (value >= unit.size()) {
        return unit;
      }
    }
    return units.get(units.size() - 1);
  }

  private static String rounded(double value, Unit unit) {
    return new BigDecimal(value / unit.size()).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
