package io.gtrace.report;

import java.util.regex.Pattern;

/** Names from an input as cells of CSV, which a spreadsheet must not take for formulas. */
public final class CsvText {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

  private CsvText() {}

  /** The text as a whole cell, RFC 4180: inert, and in quotes where it needs them. */
  public static String cell(String text) {
    String inert = inert(text);
    boolean plain = inert.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? inert : '"' + inert.replace("\"", "\"\"") + '"';
  }

  /** The text, after an apostrophe where a spreadsheet would compute it; numbers stay numbers. */
  static String inert(String text) {
    boolean formula = !text.isEmpty() && startsFormula(text.charAt(0));
    return formula && !NUMBER.matcher(text).matches() ? "'" + text : text;
  }

  private static boolean startsFormula(char first) {
    return switch (first) {
      // Some spreadsheets take full-width signs for the plain ones.
      case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠' -> true;
      default -> false;
    };
  }
}
