package io.gtrace.app;

import io.gtrace.report.CsvText;
import java.util.List;
import java.util.stream.Collectors;

/** A line of CSV: quoted where RFC 4180 asks for it, and no formula for a spreadsheet. */
final class CsvLine {
  private CsvLine() {}

  static String of(String... cells) {
    return of(List.of(cells));
  }

  static String of(List<String> cells) {
    return cells.stream().map(CsvText::cell).collect(Collectors.joining(","));
  }
}
