package io.gtrace.report;

/** Names from an input in Markdown. */
final class MarkdownText {
  private MarkdownText() {}

  /** Text that is only text: no markup, no line of its own, no end of a cell. */
  static String inert(String words) {
    StringBuilder inert = new StringBuilder();
    words
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '<' -> inert.append("&lt;");
            case '>' -> inert.append("&gt;");
            case '&' -> inert.append("&amp;");
            case '\\', '`', '*', '_', '[', ']', '|', '~', '#' ->
                inert.append('\\').appendCodePoint(c);
            default -> inert.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
          }
        });
    return inert.toString();
  }
}
