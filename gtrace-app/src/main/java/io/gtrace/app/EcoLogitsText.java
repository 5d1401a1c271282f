package io.gtrace.app;

import io.gtrace.ecologits.RequestImpacts;
import io.gtrace.ecologits.ValueRange;
import io.gtrace.footprint.Quantity;
import io.gtrace.report.EcoLogitsJson;
import io.gtrace.report.Figures;
import io.gtrace.report.Subject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints impacts by the EcoLogits method. */
final class EcoLogitsText {
  private EcoLogitsText() {}

  static void print(PrintWriter out, Subject subject, RequestImpacts impacts, OutputFormat format) {
    switch (format) {
      case json -> out.println(EcoLogitsJson.of(subject::writeTo, impacts));
      case csv -> csv(out, subject, impacts);
      case text -> text(out, impacts);
    }
    out.flush();
  }

  private static void csv(PrintWriter out, Subject subject, RequestImpacts impacts) {
    Map<String, ValueRange> columns = new LinkedHashMap<>();
    columns.put("energy_kwh", impacts.energyKwh());
    columns.put("carbon_kg", impacts.gwpKg());
    columns.put("operational_location_based_kg", impacts.usageGwpKg());
    columns.put("embodied_kg", impacts.embodiedGwpKg());
    columns.put("water_l", impacts.waterL());
    columns.put("adpe_kgsbeq", impacts.adpeKgSbEq());
    columns.put("primary_energy_mj", impacts.primaryEnergyMj());
    out.println(
        SubjectCsv.HEADER
            + columns.keySet().stream()
                .map(name -> name + "," + name + "_low," + name + "_high")
                .collect(Collectors.joining(",")));
    out.println(
        SubjectCsv.of(subject, Method.ecologits)
            + columns.values().stream()
                .map(range -> range.middle() + "," + range.low() + "," + range.high())
                .collect(Collectors.joining(",")));
  }

  private static void text(PrintWriter out, RequestImpacts impacts) {
    out.println("By the EcoLogits methodology 0.11");
    out.printf("  energy  %s%n", Figures.energy(quantity(impacts.energyKwh())));
    out.printf("  carbon  %s%n", Figures.carbon(quantity(impacts.gwpKg())));
    out.printf(
        "          operational %s, embodied %s%n",
        Figures.carbon(quantity(impacts.usageGwpKg())),
        Figures.carbon(quantity(impacts.embodiedGwpKg())));
    out.printf("  water   %s%n", Figures.water(quantity(impacts.waterL())));
    out.printf(
        Locale.ROOT,
        "  abiotic depletion %.3g kg Sb-eq, primary energy %.3g MJ%n",
        impacts.adpeKgSbEq().middle(),
        impacts.primaryEnergyMj().middle());
    out.println(
        "In brackets: from the lowest to the highest parameters and data centre; no probability.");
  }

  private static Quantity quantity(ValueRange range) {
    return new Quantity(range.middle(), range.low(), range.high());
  }
}
