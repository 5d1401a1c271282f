package io.gtrace.server.page;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.report.CsvText;
import java.util.List;
import java.util.Optional;

/** Lines of an answer as a file for spreadsheets, RFC 4180: units stand in the names of columns. */
final class LedgerCsv {
  private static final String FIGURES =
      "activities,requests,tokens,energy_kwh,energy_kwh_low,energy_kwh_high,carbon_kg,carbon_kg_low,"
          + "carbon_kg_high,water_l,water_l_low,water_l_high,factor_set";

  private LedgerCsv() {}

  /**
   * @param step of the first key of the lines
   * @param by the dimension of their second, if they have one
   */
  static String of(Step step, Optional<GroupBy> by, List<QueryLine> lines) {
    StringBuilder csv = new StringBuilder(step.label());
    by.ifPresent(each -> csv.append(',').append(each.label()));
    csv.append(',').append(FIGURES).append("\r\n");
    List<Footprint> footprints = lines.stream().map(QueryLine::footprint).toList();
    List<Quantity> energy = Measure.ENERGY.of(footprints);
    List<Quantity> carbon = Measure.CARBON.of(footprints);
    List<Quantity> water = Measure.WATER.of(footprints);
    for (int i = 0; i < lines.size(); i++) {
      QueryLine line = lines.get(i);
      line.keys().forEach(key -> csv.append(CsvText.cell(key)).append(','));
      csv.append(line.activities())
          .append(',')
          .append(line.requests())
          .append(',')
          .append(line.tokens());
      append(csv, energy.get(i));
      append(csv, carbon.get(i));
      append(csv, water.get(i));
      csv.append(',').append(CsvText.cell(line.footprint().factorSet())).append("\r\n");
    }
    return csv.toString();
  }

  private static void append(StringBuilder csv, Quantity quantity) {
    csv.append(',')
        .append(quantity.median())
        .append(',')
        .append(quantity.low())
        .append(',')
        .append(quantity.high());
  }
}
