package io.gtrace.bench.disclosure;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A row of one of the files beside this class.
 *
 * @param file its name
 */
record PublishedRow(String file, NamedCsvRecord record) {
  static final String OUTPUTS = "published_outputs.csv";
  static final String TRAINING_RUNS = "published_training_runs.csv";

  static List<PublishedRow> of(String file) {
    try (InputStream in = PublishedRow.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the build");
      }
      String csv = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return CsvReader.builder().ofNamedCsvRecord(csv).stream()
          .map(record -> new PublishedRow(file, record))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** The text of a field; empty where the publisher says nothing or the file has no such field. */
  String text(String field) {
    return record.findField(field).map(String::strip).orElse("");
  }

  boolean has(String field) {
    return !text(field).isEmpty();
  }

  /**
   * The text of a field.
   *
   * @throws IllegalStateException if it is empty
   */
  String required(String field) {
    if (!has(field)) {
      throw wrong(field, "must not be empty");
    }
    return text(field);
  }

  /** A number above zero, where there is one. */
  OptionalDouble number(String field) {
    return has(field) ? OptionalDouble.of(requiredNumber(field)) : OptionalDouble.empty();
  }

  /**
   * A number above zero.
   *
   * @throws IllegalStateException if it is not one
   */
  double requiredNumber(String field) {
    try {
      double number = Double.parseDouble(required(field));
      if (number > 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw wrong(field, "'" + text(field) + "' is not a number");
    }
    throw wrong(field, "must be above 0, not " + text(field));
  }

  /** A whole number above zero; 0 where there is none. */
  int count(String field) {
    return (int) Math.round(number(field).orElse(0));
  }

  boolean yes(String field) {
    return text(field).equals("yes");
  }

  Boundary boundary() {
    String name = required("boundary");
    try {
      return Boundary.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw wrong("boundary", "'" + name + "' is none of accelerators, machines, fleet, facility");
    }
  }

  IllegalStateException wrong(String field, String what) {
    return new IllegalStateException(
        file + ", line " + record.getStartingLineNumber() + ", " + field + ": " + what);
  }
}
