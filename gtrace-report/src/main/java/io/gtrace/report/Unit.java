package io.gtrace.report;

import io.gtrace.footprint.Impact;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A unit for people.
 *
 * @param symbol as printed after a number
 * @param size how many kWh, kgCO2e or litres it is
 */
public record Unit(String symbol, double size) {
  private static final String NO_BREAK = "\u00a0";

  /** Of a share of 1. */
  static final Unit PERCENT = new Unit("%", 0.01);

  /** How the energy of one output is published. */
  static final Unit WATT_HOUR = new Unit("Wh", 1e-3);

  private static final List<Unit> ENERGY =
      List.of(
          new Unit("TWh", 1e9),
          new Unit("GWh", 1e6),
          new Unit("MWh", 1e3),
          new Unit("kWh", 1),
          new Unit("Wh", 1e-3),
          new Unit("mWh", 1e-6),
          new Unit("µWh", 1e-9),
          new Unit("nWh", 1e-12));
  private static final List<Unit> CARBON =
      List.of(
          new Unit("Mt CO2e", 1e9),
          new Unit("kt CO2e", 1e6),
          new Unit("t CO2e", 1e3),
          new Unit("kg CO2e", 1),
          new Unit("g CO2e", 1e-3),
          new Unit("mg CO2e", 1e-6),
          new Unit("µg CO2e", 1e-9),
          new Unit("ng CO2e", 1e-12),
          new Unit("pg CO2e", 1e-15),
          new Unit("fg CO2e", 1e-18),
          new Unit("ag CO2e", 1e-21));
  private static final List<Unit> WATER =
      List.of(
          new Unit("million m³", 1e9),
          new Unit("m³", 1e3),
          new Unit("L", 1),
          new Unit("mL", 1e-3),
          new Unit("µL", 1e-6));

  /** Nothing at all has no size of its own. */
  private static final double OF_NOTHING = 1e-6;

  private static final Pattern MEASURED =
      Pattern.compile(
          Stream.of(ENERGY, CARBON, WATER)
              .flatMap(List::stream)
              .map(unit -> Pattern.quote(unit.symbol()))
              .collect(Collectors.joining("|", "(?<=\\d) (", "|%)(?!\\w)")));

  /** A text in which no line ends between a number and its unit. */
  public static String unbroken(String text) {
    return MEASURED
        .matcher(text)
        .replaceAll(unit -> NO_BREAK + unit.group(1).replace(" ", NO_BREAK));
  }

  /** The largest unit of which there is at least one; the smallest where there is none. */
  public static Unit of(Impact impact, double value) {
    List<Unit> units = units(impact);
    double size = value == 0 ? OF_NOTHING : Math.abs(value);
    for (Unit unit : units) {
      if (size >= unit.size()) {
        return unit;
      }
    }
    return units.get(units.size() - 1);
  }

  private static List<Unit> units(Impact impact) {
    return switch (impact) {
      case ENERGY_KWH -> ENERGY;
      case WATER_L, WATER_ON_SITE_L, WATER_ELECTRICITY_L -> WATER;
      default -> CARBON;
    };
  }
}
