package io.gtrace.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Rows of text under column names, printed aligned, as CSV or as JSON objects. */
record TextTable(List<String> columns, List<List<String>> rows) {
  private static final int WIDEST = 48;

  void print(PrintWriter out, OutputFormat format) {
    switch (format) {
      case text -> printAligned(out);
      case csv -> {
        out.println(csv(columns));
        rows.forEach(row -> out.println(csv(row)));
      }
      case json -> printJson(out);
    }
  }

  private void printAligned(PrintWriter out) {
    int[] widths = new int[columns.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = columns.get(c).length();
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], Math.min(WIDEST, row.get(c).length()));
      }
    }
    out.println(aligned(columns, widths));
    rows.forEach(row -> out.println(aligned(row, widths)));
  }

  private static String aligned(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String cell = row.get(c);
      String shown = cell.length() > WIDEST ? cell.substring(0, WIDEST - 1) + "…" : cell;
      line.append(shown).append(" ".repeat(widths[c] - shown.length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private static String csv(List<String> row) {
    StringJoiner line = new StringJoiner(",");
    for (String cell : row) {
      boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
      line.add(plain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
    }
    return line.toString();
  }

  private void printJson(PrintWriter out) {
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartArray();
      for (List<String> row : rows) {
        json.writeStartObject();
        for (int c = 0; c < columns.size(); c++) {
          json.writeStringProperty(columns.get(c), row.get(c));
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.flush();
    }
  }
}
