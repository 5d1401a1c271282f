package io.gtrace.app;

/** Bars on a terminal, drawn in eighths of a cell. */
final class TextBar {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private TextBar() {}

  /**
   * A bar with blanks after it.
   *
   * @param share of the width that is filled, 0 to 1
   * @param width in cells
   */
  static String of(double share, int width) {
    int eighths = (int) Math.round(share * width * 8);
    String full = "█".repeat(eighths / 8);
    String part = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
    return full + part + " ".repeat(width - full.length() - part.length());
  }
}
