package io.gtrace.report;

/** Text that a spreadsheet must not take for a formula. */
final class CsvText {
  private CsvText() {}

  /** The text, after an apostrophe where a spreadsheet would compute it. */
  static String inert(String text) {
    return !text.isEmpty() && startsFormula(text.charAt(0)) ? "'" + text : text;
  }

  private static boolean startsFormula(char first) {
    return switch (first) {
      // Some spreadsheets take full-width signs for the plain ones.
      case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠' -> true;
      default -> false;
    };
  }
}
