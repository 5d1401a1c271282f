package io.gtrace.report;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The files of all pages, for whoever serves pages whose style and scripts are files of their own.
 */
public final class PageFiles {
  private static final String CHART_SCRIPT = "echarts.min.js";
  private static final List<String> NAMES =
      List.of(
          "report.css", CHART_SCRIPT, "pictures.js", "charts.js", "advice.js", "world.geo.json");

  private PageFiles() {}

  /**
   * Their names: the style sheet, the scripts in the order in which they need each other, a map.
   */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The content of one, in UTF-8.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static byte[] bytes(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("pages have no file '" + name + "'");
    }
    PageText text = name.equals(CHART_SCRIPT) ? PageText.CHART_SCRIPT : PageText.load(name);
    return text.text().getBytes(StandardCharsets.UTF_8);
  }
}
