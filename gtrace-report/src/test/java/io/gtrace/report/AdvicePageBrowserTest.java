package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gtrace.factor.Factor;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import io.gtrace.governance.advice.Assumptions;
import io.gtrace.governance.advice.Avoided;
import io.gtrace.governance.advice.Effort;
import io.gtrace.governance.advice.Outcome;
import io.gtrace.governance.advice.Plan;
import io.gtrace.governance.advice.Plan.Line;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens pages of {@code gtrace advise} in an installed Chromium; skipped where there is none. */
class AdvicePageBrowserTest extends BrowserTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private static Outcome outcome(double kg) {
    double[] medians = {10 * kg, kg, 0, 0, 0.1 * kg, kg, kg};
    return new Outcome(
        Footprint.of(
            "sha256:0",
            medians,
            0,
            impact -> {
              double[] draws = new double[16];
              Arrays.fill(draws, medians[impact.ordinal()]);
              return draws;
            }),
        OptionalDouble.of(kg),
        Set.of());
  }

  private static Line line(String id, double kg, double cost) {
    Quantity carbon = new Quantity(kg, -0.1 * kg, 3 * kg);
    Avoided avoided =
        new Avoided(
            carbon,
            new Quantity(0.643 * kg, -4_150.4 * kg, 2_221.6 * kg),
            new Quantity(-kg, -2 * kg, -0.5 * kg),
            Quantity.ZERO,
            0.97,
            OptionalDouble.of(cost));
    Factor assumption = Assumptions.shipped().get("cascade-miss-rate");
    return new Line(
        id,
        "Do " + id,
        HOSTILE + " to elsewhere",
        Effort.CODE,
        avoided,
        avoided,
        List.of(assumption),
        List.of("round trips longer by 3 ms"),
        "Much is left out.",
        Optional.of("gtrace compare text --model a,b"));
  }

  private static String html() {
    Plan plan =
        new Plan(
            outcome(100),
            outcome(30),
            List.of(
                line("region-routing", 50, -20), line("cascade", 15, 40), line("batching", 5, 1)),
            Map.of("better-pue", "nothing to save"),
            Map.of(),
            line("bound", 60, 0).avoided());
    return AdvicePage.html("Plan for " + HOSTILE, plan, "EUR", Instant.EPOCH);
  }

  @Test
  void everyActionIsABarAndABoxAndNothingIsFetched() {
    Page page = open(html(), sized(1200));
    assertThat(page.locator("#chart-avoided svg text").allTextContents())
        .contains("region-routing", "cascade", "batching", "kg CO2e");
    assertThat(
            page.locator("#chart-costs svg path[fill-opacity='0.85'], #chart-costs svg rect")
                .count())
        .isGreaterThanOrEqualTo(3);
    assertThat(requests()).singleElement().satisfies(url -> assertThat(url).startsWith("file:"));
    assertThat(complaints()).isEmpty();
    assertThat(page.locator("img").count()).isZero();
    assertThat(page.locator("main").innerText()).contains(HOSTILE, "RouteLLM", "better-pue");
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 375, 768, 928, 1100, 1200})
  void nothingStandsOutOverTheEdgeOfASmallScreen(int widthPx) {
    Page page = open(html(), sized(widthPx));
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(widthPx);
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 480})
  void labelsOnAPhoneAreNotBrokenWithinWords(int widthPx) {
    Page page = open(html(), sized(widthPx));
    Object narrowest =
        page.evaluate(
            """
            () => Math.min(...[...document.querySelectorAll('.cards td')]
              .filter(cell => getComputedStyle(cell).display === 'flex')
              .map(cell => parseFloat(getComputedStyle(cell, '::before').width)))
            """);
    // "Tier" is the shortest.
    assertThat(((Number) narrowest).doubleValue()).isGreaterThan(20);
  }

  @Test
  void tablesHaveNamesAndTheFirstTabStopLeadsToTheCharts() {
    Page page = open(html(), sized(1200));
    requireNamedTables(page, 3);
    requireSkipToCharts(page);
  }

  @Test
  void withoutScriptsTheTablesTellEverything() {
    Page page = open(html(), sized(1200).setJavaScriptEnabled(false));
    assertThat(page.locator(".chart").first().isVisible()).isFalse();
    assertThat(page.locator("main").innerText()).contains("50 kg CO2e", "−50 L", "-20.00 EUR");
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void textStandsOutFromItsBackground(ColorScheme scheme) {
    Page page = open(html(), sized(1200).setColorScheme(scheme));
    assertThat(Chromium.faintTexts(page)).isEmpty();
  }
}
