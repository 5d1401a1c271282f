package io.gtrace.server.page;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a curve shows. */
enum Measure {
  CARBON("Carbon", Impact.CARBON_KG),
  ENERGY("Energy", Impact.ENERGY_KWH),
  WATER("Water", Impact.WATER_L);

  private final String name;
  private final Impact impact;

  Measure(String name, Impact impact) {
    this.name = name;
    this.impact = impact;
  }

  /**
   * The one of a label.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Measure labelled(String label) {
    return Stream.of(values())
        .filter(each -> each.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "show must be carbon, energy or water, not '" + label + "'"));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String inWords() {
    return name;
  }

  Impact impact() {
    return impact;
  }

  Quantity of(Footprint footprint) {
    return footprint.quantity(impact).orElse(Quantity.ZERO);
  }

  /** The same of several, in their order. */
  List<Quantity> of(List<Footprint> footprints) {
    return Footprint.quantities(footprints, impact).stream()
        .map(found -> found.orElse(Quantity.ZERO))
        .toList();
  }
}
