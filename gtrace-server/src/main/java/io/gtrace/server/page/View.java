package io.gtrace.server.page;

import io.gtrace.report.Charts;
import java.util.List;

/** A page, as its template asks for it. */
interface View {
  /** The template that writes its content. */
  String template();

  String title();

  /** Where it stands in the navigation. */
  Room room();

  /** Its pictures; the template has a place for each. */
  default List<Charts.Chart> charts() {
    return List.of();
  }

  /** What its scripts read, as JSON that can stand in a script element. */
  default String data() {
    return Charts.json(charts());
  }

  /** Whether anything is drawn. */
  default boolean isDrawn() {
    return !charts().isEmpty();
  }

  /** Scripts that draw, in the order in which they need each other. */
  default List<String> scripts() {
    return isDrawn() ? List.of("echarts.min.js", "pictures.js", "charts.js") : List.of();
  }

  /** The script of its own; that of all pages if it has none. */
  default String module() {
    return "dashboard.js";
  }
}
