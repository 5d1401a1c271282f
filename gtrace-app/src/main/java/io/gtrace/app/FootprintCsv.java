package io.gtrace.app;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** A footprint as one line of CSV: three numbers an impact, empty where it is not known. */
final class FootprintCsv {
  static final String HEADER = header();

  private FootprintCsv() {}

  static String row(Footprint footprint) {
    StringJoiner line = new StringJoiner(",");
    for (Impact impact : Impact.values()) {
      Optional<Quantity> quantity = footprint.quantity(impact);
      line.add(quantity.map(q -> Double.toString(q.median())).orElse(""));
      line.add(quantity.map(q -> Double.toString(q.low())).orElse(""));
      line.add(quantity.map(q -> Double.toString(q.high())).orElse(""));
    }
    return line.add(footprint.factorSet()).toString();
  }

  private static String header() {
    StringJoiner line = new StringJoiner(",");
    for (Impact impact : Impact.values()) {
      String name = impact.name().toLowerCase(Locale.ROOT);
      line.add(name).add(name + "_low").add(name + "_high");
    }
    return line.add("factor_set").toString();
  }
}
