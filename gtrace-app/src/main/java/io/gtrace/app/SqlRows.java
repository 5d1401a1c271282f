package io.gtrace.app;

import io.gtrace.app.TextTable.Column;
import io.gtrace.ledger.query.LedgerQuery;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Prints the answer to a query in SQL as it comes; as text, its first lines. */
final class SqlRows implements LedgerQuery.Rows {
  private final OutputFormat format;
  private final int limit;
  private final PrintWriter out;
  private final List<List<Optional<Object>>> kept = new ArrayList<>();
  private List<String> names = List.of();

  private SqlRows(OutputFormat format, int limit, PrintWriter out) {
    this.format = format;
    this.limit = limit;
    this.out = out;
  }

  static void print(
      LedgerQuery query, String sql, OutputFormat format, int limit, PrintWriter out) {
    SqlRows rows = new SqlRows(format, limit, out);
    query.sql(sql, rows);
    rows.printKept();
  }

  /** Prints rows as CSV or JSON lines as they come. */
  static LedgerQuery.Rows streaming(OutputFormat format, PrintWriter out) {
    return new SqlRows(format, 0, out);
  }

  @Override
  public void columns(List<String> columns) {
    names = List.copyOf(columns);
    if (format == OutputFormat.csv) {
      out.println(CsvLine.of(names));
    }
  }

  @Override
  public boolean row(List<Optional<Object>> values) {
    switch (format) {
      case text -> kept.add(values);
      case csv ->
          out.println(
              CsvLine.of(
                  values.stream().map(each -> each.map(Object::toString).orElse("")).toList()));
      case json ->
          JsonLine.print(
              out,
              json -> {
                for (int i = 0; i < names.size(); i++) {
                  json.writeName(names.get(i));
                  write(json, values.get(i));
                }
              });
    }
    return format != OutputFormat.text || kept.size() <= limit;
  }

  private static void write(JsonGenerator json, Optional<Object> value) {
    if (value.isEmpty()) {
      json.writeNull();
    } else if (value.get() instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value.get() instanceof Number number && Double.isFinite(number.doubleValue())) {
      json.writeNumber(number.toString());
    } else {
      json.writeString(value.get().toString());
    }
  }

  private void printKept() {
    if (format != OutputFormat.text) {
      return;
    }
    List<Column<List<Optional<Object>>>> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      columns.add(
          Column.forPeople(names.get(i), row -> row.get(column).map(Object::toString).orElse("")));
    }
    new TextTable<>(columns, kept.subList(0, Math.min(limit, kept.size())))
        .print(out, OutputFormat.text);
    if (kept.size() > limit) {
      out.println("… and more; --limit shows more");
    }
  }
}
