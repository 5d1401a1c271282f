package io.gtrace.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Instant;

/** What self-contained pages with charts have in common, as their templates ask for it. */
abstract class ChartPage {
  private static final int USUAL_LENGTH = 1_500_000;
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, ChartPage.class.getClassLoader(), "io.gtrace.report");

  private final PageText script;
  private final Instant generatedAt;

  /**
   * @param script draws the charts of this kind of page
   */
  ChartPage(PageText script, Instant generatedAt) {
    this.script = script;
    this.generatedAt = generatedAt;
  }

  final String rendered(String template) {
    StringOutput text = new StringOutput(USUAL_LENGTH);
    TEMPLATES.render(template, this, text);
    return text.toString();
  }

  final String generated() {
    return Words.moment(generatedAt);
  }

  final String style() {
    return PageText.STYLE.text();
  }

  final String chartScript() {
    return PageText.CHART_SCRIPT.text();
  }

  final String script() {
    return script.text();
  }

  /** Nothing is loaded and no script runs but the two of the page itself. */
  final String policy() {
    return PageText.policy(PageText.CHART_SCRIPT, script);
  }
}
