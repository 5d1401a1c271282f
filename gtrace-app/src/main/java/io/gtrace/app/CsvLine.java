package io.gtrace.app;

import java.util.List;
import java.util.stream.Collectors;

/** A line of CSV, quoted where RFC 4180 asks for it. */
final class CsvLine {
  private CsvLine() {}

  static String of(String... cells) {
    return of(List.of(cells));
  }

  static String of(List<String> cells) {
    return cells.stream().map(CsvLine::cell).collect(Collectors.joining(","));
  }

  private static String cell(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
