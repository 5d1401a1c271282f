package io.gtrace.report;

import java.time.Instant;

/** What self-contained pages with charts have in common, as their templates ask for it. */
abstract class ChartPage extends Page {
  private final PageText script;

  /**
   * @param script draws the charts of this kind of page
   */
  ChartPage(PageText script, Instant generatedAt) {
    super(generatedAt);
    this.script = script;
  }

  final String chartScript() {
    return PageText.CHART_SCRIPT.text();
  }

  final String script() {
    return script.text();
  }

  /** Nothing is loaded and no script runs but the two of the page itself. */
  @Override
  final String policy() {
    return PageText.policy(PageText.CHART_SCRIPT, script);
  }
}
