package io.gtrace.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Dimension;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An account as one tidy table. An impact that is not known of all work is blank in the total; a
 * row of its own then holds the footprint of that part of the work of which it is known.
 */
final class AccountCsv {
  private static final String KNOWN_PART = "known_part";

  private AccountCsv() {}

  static String of(Account account) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(header());
      csv.writeRecord(row("total", account.total()));
      new TreeMap<>(account.knownParts())
          .forEach((impact, part) -> csv.writeRecord(knownPart(impact, part)));
      for (Dimension dimension : Dimension.values()) {
        account.by(dimension).forEach(line -> csv.writeRecord(row(dimension.label(), line)));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static List<String> header() {
    List<String> names = new ArrayList<>(List.of("dimension", "key", "activities", "tokens"));
    for (Impact impact : Impact.values()) {
      String name = column(impact);
      names.addAll(List.of(name, name + "_low", name + "_high"));
    }
    names.add("factor_set");
    return names;
  }

  private static String column(Impact impact) {
    return impact.name().toLowerCase(Locale.ROOT);
  }

  /** How many activities and tokens the part has is not told. */
  private static List<String> knownPart(Impact impact, Footprint part) {
    return cells(List.of(KNOWN_PART, column(impact), "", ""), part);
  }

  private static List<String> row(String dimension, Line line) {
    return cells(
        List.of(
            dimension,
            CsvText.inert(line.key()),
            Long.toString(line.activities()),
            new BigDecimal(line.tokens()).toPlainString()),
        line.footprint());
  }

  private static List<String> cells(List<String> names, Footprint footprint) {
    List<String> cells = new ArrayList<>(names);
    for (Impact impact : Impact.values()) {
      Optional<Quantity> quantity = footprint.quantity(impact);
      cells.add(quantity.map(q -> Double.toString(q.median())).orElse(""));
      cells.add(quantity.map(q -> Double.toString(q.low())).orElse(""));
      cells.add(quantity.map(q -> Double.toString(q.high())).orElse(""));
    }
    cells.add(footprint.factorSet());
    return cells;
  }
}
