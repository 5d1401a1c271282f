package io.gtrace.factor;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Rows of one kind of factor, read field by field with errors that name file, line and field. Rows
 * come from a shipped CSV file and, over them, from a user's file.
 */
final class FactorTable {
  private final String file;
  private final List<String> keyFields;
  private final Lazy<Csv> shipped = new Lazy<>(this::csv);
  private final Lazy<Map<List<String>, Row>> shippedByKey = new Lazy<>(this::shippedByKey);
  private final Map<List<String>, Row> users = new LinkedHashMap<>();

  private record Csv(List<String> fields, List<Row> rows) {}

  private FactorTable(String file, List<String> keyFields) {
    this.file = file;
    this.keyFields = keyFields;
  }

  /**
   * The rows of a file that ships beside this class.
   *
   * @param keyFields the fields that name a row; no other row of the file has the same name
   */
  static FactorTable shipped(String file, List<String> keyFields) {
    return new FactorTable(file, keyFields);
  }

  /** Rows that only a user has. */
  static FactorTable ofUsers(List<String> keyFields) {
    return new FactorTable("", keyFields);
  }

  /** The file that ships, byte by byte; empty if none does. */
  byte[] bytes() {
    if (file.isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = FactorTable.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("factor file " + file + " is missing from the build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("factor file " + file + " cannot be read", e);
    }
  }

  private Csv csv() {
    String text = new String(bytes(), StandardCharsets.UTF_8);
    List<String> fields = List.of();
    Map<String, Integer> columns = Map.of();
    List<Row> rows = new ArrayList<>();
    for (NamedCsvRecord csvRecord : CsvReader.builder().ofNamedCsvRecord(text)) {
      if (rows.isEmpty()) {
        fields = csvRecord.getHeader();
        columns = columns(fields);
      }
      rows.add(new Row(file, csvRecord.getStartingLineNumber(), columns, csvRecord.getFields()));
    }
    return new Csv(fields, rows);
  }

  private static Map<String, Integer> columns(Collection<String> fields) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (String field : fields) {
      columns.put(field, columns.size());
    }
    return columns;
  }

  /** The names of all fields. */
  List<String> fields() {
    return shipped.get().fields();
  }

  /** Adds a user's row, or lays its fields over those of the row of the same name. */
  void override(String file, long line, Map<String, String> given) {
    Row row = row(file, line, given);
    keyFields.forEach(row::required);
    List<String> key = keyOf(row);
    Map<String, String> values = new LinkedHashMap<>();
    fields().forEach(field -> values.put(field, ""));
    Row below = users.remove(key);
    if (below == null) {
      below = shippedByKey.get().get(key);
    }
    if (below != null) {
      for (String field : below.columns().keySet()) {
        values.put(field, below.optionalText(field));
      }
    }
    values.putAll(given);
    users.put(key, row(file, line, values));
  }

  private Map<List<String>, Row> shippedByKey() {
    Map<List<String>, Row> byKey = new HashMap<>();
    shipped.get().rows().forEach(row -> byKey.put(keyOf(row), row));
    return byKey;
  }

  /** A user's rows first, the last one foremost, so that the names a user gives mean these. */
  private List<Row> rows() {
    if (users.isEmpty()) {
      return shipped.get().rows();
    }
    List<Row> rows = new ArrayList<>(users.values());
    Collections.reverse(rows);
    for (Row row : shipped.get().rows()) {
      if (!users.containsKey(keyOf(row))) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static Row row(String file, long line, Map<String, String> values) {
    return new Row(file, line, columns(values.keySet()), List.copyOf(values.values()));
  }

  private List<String> keyOf(Row row) {
    return keyOf(row, key -> key.toLowerCase(Locale.ROOT));
  }

  private List<String> keyOf(Row row, UnaryOperator<String> spelled) {
    String[] key = new String[keyFields.size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = spelled.apply(row.optionalText(keyFields.get(i)));
    }
    return List.of(key);
  }

  /**
   * All rows as they are written.
   *
   * @param name of the table
   */
  List<FactorRow> asWritten(String name) {
    return rows().stream()
        .map(row -> new FactorRow(name, keyOf(row, key -> key), row.filled()))
        .toList();
  }

  /** All rows as read by a reader. */
  <T> List<T> read(Function<Row, T> reader) {
    List<Row> rows = rows();
    List<T> read = new ArrayList<>(rows.size());
    for (Row row : rows) {
      read.add(row.read(reader));
    }
    return List.copyOf(read);
  }

  /**
   * All rows, to be read when they are asked for: one program asks for few of the many that ship. A
   * user's own are read at once, to tell what is wrong with them.
   */
  <T> List<Entry<T>> entries(Function<Row, T> reader) {
    List<Row> rows = rows();
    List<Entry<T>> entries = new ArrayList<>(rows.size());
    for (Row row : rows) {
      entries.add(new Entry<>(row, reader));
    }
    for (Entry<T> entry : entries.subList(0, users.size())) {
      entry.get();
    }
    return entries;
  }

  /** A row that is read when it is first asked for. */
  static final class Entry<T> {
    private final Row row;
    private final Lazy<T> value;

    private Entry(Row row, Function<Row, T> reader) {
      this.row = row;
      value = new Lazy<>(() -> row.read(reader));
    }

    /** Entries by the text of a field that each has, in their order. */
    static <T> Map<String, List<Entry<T>>> by(String field, List<Entry<T>> entries) {
      Map<String, List<Entry<T>>> by = new HashMap<>();
      for (Entry<T> entry : entries) {
        by.computeIfAbsent(entry.row.required(field), text -> new ArrayList<>()).add(entry);
      }
      return by;
    }

    /** The row as it stands in the file. */
    Row row() {
      return row;
    }

    T get() {
      return value.get();
    }
  }

  /**
   * @param columns where in the texts a field is; shared by all rows of a file
   * @param texts the text of each field
   */
  record Row(String file, long line, Map<String, Integer> columns, List<String> texts) {
    <T> T read(Function<Row, T> reader) {
      try {
        return reader.apply(this);
      } catch (FactorFileException named) {
        throw named;
      } catch (IllegalArgumentException refused) {
        throw new FactorFileException(file + ", line " + line + ": " + refused.getMessage());
      }
    }

    /** The fields that say something, in their order. */
    Map<String, String> filled() {
      Map<String, String> filled = new LinkedHashMap<>();
      for (String field : columns.keySet()) {
        String value = text(field);
        if (!value.isEmpty()) {
          filled.put(field, value);
        }
      }
      return filled;
    }

    String text(String field) {
      Integer column = columns.get(field);
      if (column == null || column >= texts.size()) {
        throw error(field, "is missing");
      }
      return texts.get(column).strip();
    }

    /** The text of a field that a file may leave out as a whole. */
    String optionalText(String field) {
      return columns.containsKey(field) ? text(field) : "";
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
      String value = optionalText(field);
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

    int integer(String field) {
      return (int) Math.round(number(field));
    }

    int integer(String field, int whenEmpty) {
      OptionalDouble value = optionalNumber(field);
      return value.isEmpty() ? whenEmpty : (int) Math.round(value.getAsDouble());
    }

    OptionalInt optionalInteger(String field) {
      OptionalDouble value = optionalNumber(field);
      return value.isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of((int) Math.round(value.getAsDouble()));
    }

    /** Whether any of these fields is given. */
    boolean hasAny(String... names) {
      for (String field : names) {
        if (!optionalText(field).isEmpty()) {
          return true;
        }
      }
      return false;
    }

    boolean yes(String field) {
      return text(field).equals("yes");
    }

    List<String> list(String field) {
      String value = optionalText(field);
      return value.isEmpty() ? List.of() : List.of(value.split("\\|"));
    }

    <E extends Enum<E>> E constant(String field, Class<E> type) {
      String value = required(field).toUpperCase(Locale.ROOT).replace('-', '_');
      try {
        return Enum.valueOf(type, value);
      } catch (IllegalArgumentException unknown) {
        String known =
            Arrays.stream(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
        throw error(field, "'" + text(field) + "' is none of " + known);
      }
    }

    Optional<Precision> optionalPrecision(String field) {
      String name = optionalText(field);
      if (name.isEmpty()) {
        return Optional.empty();
      }
      Optional<Precision> known = Precision.parse(name);
      if (known.isEmpty()) {
        throw error(field, "'" + name + "' is none of " + Precision.labels());
      }
      return known;
    }

    Provenance provenance(Tier tier) {
      return new Provenance(tier, required("source"), integer("year", 0), required("licence"));
    }

    FactorFileException error(String field, String what) {
      return new FactorFileException(file + ", line " + line + ", " + field + ": " + what);
    }
  }
}
