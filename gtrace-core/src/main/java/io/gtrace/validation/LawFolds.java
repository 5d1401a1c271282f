package io.gtrace.validation;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The constants of the laws as fits without one backbone gave them, so that anyone can see what an
 * estimate says of a model that it has not seen. Written by the fit in the bench module.
 */
final class LawFolds {
  private static final String FILE = "law_folds.csv";

  private final Map<Fold, Map<String, Double>> constants;

  private record Fold(String law, String backbone) {}

  private LawFolds(Map<Fold, Map<String, Double>> constants) {
    this.constants = constants;
  }

  static LawFolds shipped() {
    Map<Fold, Map<String, Double>> constants = new HashMap<>();
    try (InputStream in = LawFolds.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the build");
      }
      String csv = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(csv)) {
        constants
            .computeIfAbsent(
                new Fold(row.getField("law"), row.getField("backbone")), fold -> new HashMap<>())
            .put(row.getField("constant"), Double.parseDouble(row.getField("value")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
    return new LawFolds(constants);
  }

  /** Constants fitted without that backbone; empty if no fit has seen it. */
  Map<String, Double> without(String law, String backbone) {
    return constants.getOrDefault(new Fold(law, backbone), Map.of());
  }
}
