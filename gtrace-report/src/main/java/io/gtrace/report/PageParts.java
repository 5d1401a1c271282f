package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import java.util.List;
import java.util.Map;

/**
 * Parts of pages as HTML, for pages that others put together with the style sheet of {@link
 * PageFiles}. Names from data are text in all of them.
 */
public final class PageParts {
  private PageParts() {}

  /** Carbon, energy and water as great figures. */
  public static String tiles(Footprint footprint) {
    return Page.part("tiles.jte", Map.of("tiles", AccountPage.tiles(footprint)));
  }

  /** How many things that people know come to the same. */
  public static String comparisons(Footprint footprint) {
    return Page.part("comparisons.jte", Map.of("comparisons", AccountPage.comparisons(footprint)));
  }

  /** What the comparisons assume, with sources. */
  public static String equivalents() {
    return Page.part("equivalents.jte", Map.of("equivalents", List.of(Equivalent.values())));
  }

  /** A table in words. */
  public static String table(TextTable table) {
    return Page.part("table.jte", Map.of("table", table));
  }

  /** A table of footprints. */
  public static String lines(LineTable table, String caption) {
    return Page.part("lines.jte", Map.of("table", table, "caption", caption));
  }
}
