package io.gtrace.app;

import io.gtrace.report.Field;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Entries printed as aligned text for people, or as CSV or JSON for programs.
 *
 * @param columns what is printed of an entry, from left to right
 * @param entries one a line
 */
record TextTable<T>(List<Column<T>> columns, List<T> entries) {
  private static final int WIDEST = 48;

  /**
   * What is printed of an entry.
   *
   * @param title over the column for people; empty if they are not shown it
   * @param field its name in files; empty if it is not in them
   * @param value a text, a number, or an {@link OptionalDouble}
   */
  record Column<T>(Optional<String> title, Optional<String> field, Function<T, Object> value) {
    static <T> Column<T> of(String title, String field, Function<T, Object> value) {
      return new Column<>(Optional.of(title), Optional.of(field), value);
    }

    static <T> Column<T> forPeople(String title, Function<T, Object> value) {
      return new Column<>(Optional.of(title), Optional.empty(), value);
    }

    static <T> Column<T> forFiles(String field, Function<T, Object> value) {
      return new Column<>(Optional.empty(), Optional.of(field), value);
    }

    /** What programs are told, then what people are shown. */
    static <T> List<Column<T>> with(List<Field<T>> fields, List<Column<T>> shown) {
      return Stream.concat(
              fields.stream().map(field -> Column.<T>forFiles(field.name(), field.value())),
              shown.stream())
          .toList();
    }

    /** The value as people read it: up to three decimals. */
    String shown(T entry) {
      return switch (value.apply(entry)) {
        case Double number -> Numbers.upToThreeDecimals(number);
        case OptionalDouble number ->
            number.isPresent() ? Numbers.upToThreeDecimals(number.getAsDouble()) : "";
        case Object other -> other.toString();
      };
    }

    /** The value in full. */
    String stored(T entry) {
      return switch (value.apply(entry)) {
        case OptionalDouble number ->
            number.isPresent() ? Double.toString(number.getAsDouble()) : "";
        case Object other -> other.toString();
      };
    }
  }

  void print(PrintWriter out, OutputFormat format) {
    switch (format) {
      case text -> printAligned(out);
      case csv -> printCsv(out);
      case json -> printJson(out);
    }
  }

  private void printAligned(PrintWriter out) {
    List<Column<T>> shown = columns.stream().filter(c -> c.title().isPresent()).toList();
    List<String> titles = shown.stream().map(c -> c.title().orElseThrow()).toList();
    List<List<String>> rows =
        entries.stream().map(entry -> shown.stream().map(c -> c.shown(entry)).toList()).toList();
    int[] widths = new int[shown.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = titles.get(c).length();
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], Math.min(WIDEST, row.get(c).length()));
      }
    }
    out.println(aligned(titles, widths));
    rows.forEach(row -> out.println(aligned(row, widths)));
  }

  private static String aligned(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      // Names come from files: none may steer the terminal.
      String cell = row.get(c).replaceAll("\\p{Cntrl}", "�");
      String shown = cell.length() > WIDEST ? cell.substring(0, WIDEST - 1) + "…" : cell;
      line.append(shown).append(" ".repeat(widths[c] - shown.length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private List<Column<T>> stored() {
    return columns.stream().filter(c -> c.field().isPresent()).toList();
  }

  private void printCsv(PrintWriter out) {
    out.println(CsvLine.of(stored().stream().map(c -> c.field().orElseThrow()).toList()));
    for (T entry : entries) {
      out.println(CsvLine.of(stored().stream().map(c -> c.stored(entry)).toList()));
    }
  }

  private void printJson(PrintWriter out) {
    JsonFactory factory =
        JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartArray();
      for (T entry : entries) {
        json.writeStartObject();
        for (Column<T> column : stored()) {
          json.writeName(column.field().orElseThrow());
          Field.writeValue(json, column.value().apply(entry));
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.flush();
    }
    out.println();
  }
}
