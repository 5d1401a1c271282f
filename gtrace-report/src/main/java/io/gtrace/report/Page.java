package io.gtrace.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.util.Map;

/** What self-contained pages have in common, as their templates ask for it. */
abstract class Page {
  private static final int USUAL_LENGTH = 1_500_000;
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Page.class.getClassLoader(), "io.gtrace.report");

  private final Instant generatedAt;

  Page(Instant generatedAt) {
    this.generatedAt = generatedAt;
  }

  final String rendered(String template) {
    StringOutput text = new StringOutput(USUAL_LENGTH);
    TEMPLATES.render(template, this, text);
    return text.toString();
  }

  /** A template that is a part of pages, by what it is given. */
  static String part(String template, Map<String, Object> given) {
    StringOutput text = new StringOutput();
    TEMPLATES.render(template, given, text);
    return text.toString();
  }

  final String generated() {
    return Words.moment(generatedAt);
  }

  final String style() {
    return PageText.STYLE.text();
  }

  /** Nothing is loaded, and no script runs unless a page has its own. */
  String policy() {
    return PageText.policy();
  }
}
