package io.gtrace.server.page;

/**
 * A page that stands by itself, taken apart so that it can stand inside of another.
 *
 * @param content what stands between its head and its foot, as HTML
 * @param data what its scripts read, as JSON that can stand in a script element
 */
record FinishedPage(String content, String data) {
  private static final String DATA = "<script type=\"application/json\" id=\"report-data\">";
  private static final String NO_DATA = "{}";

  /**
   * @throws IllegalStateException if it is no page of ours
   */
  static FinishedPage of(String html) {
    return new FinishedPage(
        between(html, "<main id=\"content\">", "</main>"),
        html.contains(DATA) ? between(html, DATA, "</script>") : NO_DATA);
  }

  private static String between(String html, String begin, String end) {
    int from = html.indexOf(begin);
    int to = html.indexOf(end, from);
    if (from < 0 || to < 0) {
      throw new IllegalStateException("a page has no " + begin);
    }
    return html.substring(from + begin.length(), to);
  }
}
