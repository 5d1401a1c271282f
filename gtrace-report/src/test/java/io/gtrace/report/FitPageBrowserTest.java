package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.FitOutcome;
import io.gtrace.simulation.study.FitOutcome.FittedInput;
import io.gtrace.simulation.study.FitOutcome.PeriodPrediction;
import io.gtrace.simulation.study.FitOutcome.Prediction;
import io.gtrace.simulation.study.FitOutcome.SeriesPrediction;
import io.gtrace.simulation.study.InterestSeries.Period;
import io.gtrace.simulation.study.Observation;
import io.gtrace.simulation.study.Study;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens the page of a fit in an installed Chromium; skipped where there is none. */
class FitPageBrowserTest extends BrowserTest {
  private static final Instant START = Instant.parse("2025-03-28T00:00:00Z");
  private static final String HTML = FitPage.html(outcome(true), Instant.EPOCH);

  /** One count lies within and one, held out, does not; of ten days two are held out. */
  private static FitOutcome outcome(boolean heldOut) {
    return new FitOutcome(
        Study.read("ghibli-2025"),
        List.of(
            new FittedInput(
                "/people/reachable",
                new Quantity(1e9, 0.8e9, 1.4e9),
                new Quantity(0.95e9, 0.8e9, 1.3e9)),
            new FittedInput(
                "/adoption/branching", new Quantity(2, 1, 4), new Quantity(1.4, 1.2, 1.7))),
        List.of(
            prediction(Observation.Quantity.NEW_USERS, 130e6, false),
            prediction(Observation.Quantity.OUTPUTS, 700e6, heldOut)),
        List.of(series(heldOut)),
        17,
        20,
        3);
  }

  private static Prediction prediction(
      Observation.Quantity quantity, double published, boolean heldOut) {
    return new Prediction(
        new Observation(
            quantity, START, START.plus(Duration.ofDays(7)), published, 0.2, heldOut, "test"),
        new Quantity(120e6, 110e6, 140e6),
        new Quantity(120e6, 90e6, 180e6));
  }

  private static SeriesPrediction series(boolean heldOut) {
    List<PeriodPrediction> days = new ArrayList<>();
    for (int day = 0; day < 10; day++) {
      Instant from = START.plus(Duration.ofDays(day));
      days.add(
          new PeriodPrediction(
              new Period(from, from.plus(Duration.ofDays(1)), 10 + day, 0.2, heldOut && day > 7),
              new Quantity(9 + day, 7, day == 8 ? 12 : 30)));
    }
    return new SeriesPrediction(SampleStudies.HOSTILE, days);
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void everyChartIsDrawnAndNothingIsFetched(ColorScheme scheme) {
    Page page = open(HTML, sized(1200).setColorScheme(scheme));
    List<Locator> charts = page.locator(".chart").all();
    assertThat(charts).hasSize(3);
    for (Locator chart : charts) {
      assertThat(chart.locator("svg path").count()).as(chart.getAttribute("id")).isGreaterThan(2);
    }
    assertThat(page.locator("#chart-series-0 svg text").allTextContents())
        .contains("used in the fit", "held out");
    assertThat(Chromium.faintTexts(page)).isEmpty();
    assertThat(requests()).singleElement().satisfies(url -> assertThat(url).startsWith("file:"));
    assertThat(complaints()).isEmpty();
  }

  @Test
  void whatWasHeldOutIsToldApartAndTablesTellEverythingWithoutScripts() {
    Page page = open(HTML, sized(1200).setJavaScriptEnabled(false));
    assertThat(page.locator(".summary").innerText())
        .contains("1 of 3 figures that the fit did not know", "9 of 9 lie within");
    assertThat(page.locator("main").innerText())
        .contains("lies outside (held out)", "130 million", "Inputs, the most narrowed first")
        .contains(SampleStudies.HOSTILE);
    // Of 3 for the branching 0.5 are left, of 0.6 billion people 0.5.
    assertThat(page.locator("main").innerText()).containsSubsequence("17\u00a0%", "83\u00a0%");
    requireNamedTables(page, 3);
  }

  @Test
  void aFitOfAllThereIsDoesNotClaimToForetell() {
    Page page = open(FitPage.html(outcome(false), Instant.EPOCH), sized(1200));
    assertThat(page.locator(".summary").innerText()).startsWith("Nothing was held out");
    assertThat(page.locator("#chart-series-0 svg text").allTextContents())
        .doesNotContain("held out");
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 768, 1200})
  void nothingStandsOutOverTheEdgeOfAScreen(int widthPx) {
    Page page = open(HTML, sized(widthPx));
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(widthPx);
  }

  @Test
  void theFirstTabStopLeadsToTheCharts() {
    requireSkipToCharts(open(HTML, sized(1200)));
  }
}
