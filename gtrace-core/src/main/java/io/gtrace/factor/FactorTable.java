package io.gtrace.factor;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Rows of one factor file, read field by field with errors that name file, line and field. */
final class FactorTable {
  private FactorTable() {}

  static <T> List<T> parse(String file, String csv, Function<Row, T> reader) {
    List<T> rows = new ArrayList<>();
    for (NamedCsvRecord csvRecord : CsvReader.builder().ofNamedCsvRecord(csv)) {
      rows.add(reader.apply(new Row(file, csvRecord)));
    }
    return List.copyOf(rows);
  }

  record Row(String file, NamedCsvRecord fields) {
    String text(String field) {
      return fields.findField(field).orElseThrow(() -> error(field, "column is missing")).strip();
    }

    String required(String field) {
      String value = text(field);
      if (value.isEmpty()) {
        throw error(field, "must not be empty");
      }
      return value;
    }

    double number(String field) {
      return optionalNumber(field).orElseThrow(() -> error(field, "must be a number, is empty"));
    }

    OptionalDouble optionalNumber(String field) {
      String value = text(field);
      if (value.isEmpty()) {
        return OptionalDouble.empty();
      }
      try {
        double number = Double.parseDouble(value);
        if (Double.isFinite(number)) {
          return OptionalDouble.of(number);
        }
      } catch (NumberFormatException notANumber) {
        throw error(field, "'" + value + "' is not a number");
      }
      throw error(field, "'" + value + "' is not finite");
    }

    int integer(String field, int whenEmpty) {
      OptionalDouble value = optionalNumber(field);
      return value.isEmpty() ? whenEmpty : (int) Math.round(value.getAsDouble());
    }

    boolean yes(String field) {
      return text(field).equals("yes");
    }

    List<String> list(String field) {
      String value = text(field);
      return value.isEmpty() ? List.of() : List.of(value.split("\\|"));
    }

    <E extends Enum<E>> E constant(String field, Class<E> type) {
      String value = required(field).toUpperCase(Locale.ROOT).replace('-', '_');
      try {
        return Enum.valueOf(type, value);
      } catch (IllegalArgumentException unknown) {
        throw error(field, "'" + text(field) + "' is none of its values");
      }
    }

    Provenance provenance(Tier tier) {
      return new Provenance(tier, required("source"), integer("year", 0), required("licence"));
    }

    FactorFileException error(String field, String what) {
      return new FactorFileException(
          file + ", line " + fields.getStartingLineNumber() + ", " + field + ": " + what);
    }
  }
}
