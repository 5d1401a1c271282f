package io.gtrace.bench.fit;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The file of assumptions, whose rows of fitted constants a fit writes anew. */
final class AssumptionFile {
  private final Path path;
  private final Map<String, Interval> fitted = new LinkedHashMap<>();

  private record Interval(double median, double low, double high) {}

  AssumptionFile(Path path) {
    this.path = path;
  }

  void put(String id, double median, double low, double high) {
    fitted.put(id, new Interval(median, low, high));
  }

  /**
   * Writes the constants into their rows; every other byte of a row stays.
   *
   * @throws IllegalStateException if a constant has no row
   */
  void write() throws IOException {
    StringWriter text = new StringWriter();
    List<String> left = new ArrayList<>(fitted.keySet());
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(path);
        CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      boolean first = true;
      for (NamedCsvRecord row : reader) {
        if (first) {
          writer.writeRecord(row.getHeader());
          first = false;
        }
        List<String> fields = new ArrayList<>(row.getFields());
        Interval interval = fitted.get(fields.get(0));
        if (interval != null) {
          left.remove(fields.get(0));
          fields.set(1, number(interval.median()));
          fields.set(2, number(interval.low()));
          fields.set(3, number(interval.high()));
        }
        writer.writeRecord(fields);
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException(path + " has no rows for " + left);
    }
    Files.writeString(path, text.toString());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
