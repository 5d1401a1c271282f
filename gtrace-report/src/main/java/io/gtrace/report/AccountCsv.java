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

/** An account as one tidy table. */
final class AccountCsv {
  private AccountCsv() {}

  static String of(Account account) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(header());
      csv.writeRecord(row("total", account.total()));
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
      String name = impact.name().toLowerCase(Locale.ROOT);
      names.addAll(List.of(name, name + "_low", name + "_high"));
    }
    names.add("factor_set");
    return names;
  }

  private static List<String> row(String dimension, Line line) {
    List<String> cells = new ArrayList<>();
    cells.add(dimension);
    cells.add(CsvText.inert(line.key()));
    cells.add(Long.toString(line.activities()));
    cells.add(new BigDecimal(line.tokens()).toPlainString());
    Footprint footprint = line.footprint();
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
