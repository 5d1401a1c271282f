package io.gtrace.bench.docs;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.factor.FactorCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rows of a factor file, where the catalogue does not list them. */
final class FactorRows {
  private FactorRows() {}

  static List<NamedCsvRecord> of(String file) throws IOException {
    try (InputStream in = FactorCatalogue.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the build");
      }
      String csv = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
    }
  }
}
