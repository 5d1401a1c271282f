package io.gtrace.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.gtrace.validation.Comparison;
import io.gtrace.validation.Validation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Every compared row as CSV (RFC 4180), joules in the names of the columns. */
public final class ValidationCsv {
  private ValidationCsv() {}

  public static String of(List<Validation> validations) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(
          "modality", "line", "model", "measured_j", "estimated_j", "low_j", "high_j", "notes");
      for (Validation validation : validations) {
        for (Comparison each : validation.comparisons()) {
          csv.writeRecord(
              validation.modality().label(),
              Long.toString(each.measurement().line()),
              CsvText.inert(each.measurement().model().name()),
              Double.toString(each.measurement().energyJ()),
              Double.toString(each.prediction().medianJ()),
              Double.toString(each.prediction().low90J()),
              Double.toString(each.prediction().high90J()),
              CsvText.inert(String.join("; ", each.prediction().notes())));
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
