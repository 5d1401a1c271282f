package io.gtrace.documentation;

import java.util.List;

/**
 * A page of the site without what surrounds it.
 *
 * @param path where it lies below the root of the site, with {@code /}
 * @param summary one or two sentences of plain text, for lists of pages and search engines
 * @param headings all of them, in order, that of the page first
 * @param body HTML
 */
record SitePage(
    String path,
    String title,
    String summary,
    List<Heading> headings,
    String body,
    List<Section> sections,
    boolean hasFormulas) {

  /** A page without formulas. */
  SitePage(
      String path,
      String title,
      String summary,
      List<Heading> headings,
      String body,
      List<Section> sections) {
    this(path, title, summary, headings, body, sections, false);
  }

  /** How the root of the site is addressed from here: empty, or steps up that end in a slash. */
  String root() {
    return rootFrom(path);
  }

  static String rootFrom(String path) {
    return "../".repeat((int) path.chars().filter(each -> each == '/').count());
  }

  /** The headings of the table of contents. */
  List<Heading> contents() {
    return headings.stream().filter(each -> each.level() == 2 || each.level() == 3).toList();
  }
}
