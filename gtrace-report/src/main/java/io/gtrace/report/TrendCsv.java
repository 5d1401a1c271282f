package io.gtrace.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.trend.FittedSignal;
import io.gtrace.ledger.trend.TrendEstimate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A trend as CSV (RFC 4180): one row an hour or day, the signals beside the estimate. */
public final class TrendCsv {
  private TrendCsv() {}

  public static String of(TrendEstimate estimate) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      List<String> header =
          new ArrayList<>(List.of("start", "step", "unit", "median", "low", "high", "coverage"));
      estimate.signals().forEach(each -> header.add(CsvText.inert(each.signal().name())));
      csv.writeRecord(header);
      for (int c = 0; c < estimate.grid().cells(); c++) {
        csv.writeRecord(row(estimate, c));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static List<String> row(TrendEstimate estimate, int cell) {
    Quantity volume = estimate.volume(cell);
    List<String> row =
        new ArrayList<>(
            List.of(
                estimate.grid().start(cell).toString(),
                estimate.grid().step().label(),
                CsvText.inert(estimate.unit()),
                Double.toString(volume.median()),
                Double.toString(volume.low()),
                Double.toString(volume.high()),
                estimate.coverage().get(cell).label()));
    for (FittedSignal signal : estimate.signals()) {
      OptionalDouble figure = signal.byCell().get(cell);
      row.add(figure.isPresent() ? Double.toString(figure.getAsDouble()) : "");
    }
    return row;
  }
}
