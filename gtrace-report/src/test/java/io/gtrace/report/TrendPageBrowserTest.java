package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gtrace.GTrace;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.ledger.trend.AnchorReader;
import io.gtrace.ledger.trend.EstimateOptions;
import io.gtrace.ledger.trend.Granularity;
import io.gtrace.ledger.trend.Observation;
import io.gtrace.ledger.trend.Reading;
import io.gtrace.ledger.trend.ReadingOptions;
import io.gtrace.ledger.trend.Signal;
import io.gtrace.ledger.trend.SignalKind;
import io.gtrace.ledger.trend.TrendAccount;
import io.gtrace.ledger.trend.TrendEstimate;
import io.gtrace.ledger.trend.TrendFile;
import io.gtrace.ledger.trend.TrendFootprint;
import io.gtrace.ledger.trend.TrendReader;
import io.gtrace.uncertainty.Draws;
import io.gtrace.uncertainty.Scatter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens the page of {@code gtrace trend} in an installed Chromium; skipped where there is none. */
class TrendPageBrowserTest extends BrowserTest {
  private static final Path EXAMPLES = Path.of("../docs/examples/trend");
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'&</script><b>";

  private static String html = "";

  /** The examples, and a signal of which the name tries to be markup. */
  @BeforeAll
  static void makePage() {
    List<TrendFile> files =
        Stream.of("search.csv", "pageviews.json", "posts.csv")
            .map(name ->
                TrendReader.read(
                    EXAMPLES.resolve(name),
                    new ReadingOptions(ZoneOffset.UTC, Optional.empty(), false, NOW)))
            .toList();
    List<Signal> signals =
        new ArrayList<>(files.stream().flatMap(file -> file.signals().stream()).toList());
    signals.add(hostile(signals.get(0)));
    GTrace gtrace = GTrace.standard();
    Draws draws = Draws.standard(gtrace.card().catalogue().correlations());
    TrendEstimate estimate =
        TrendEstimate.of(
            signals,
            new AnchorReader(ZoneOffset.UTC, 10).read(EXAMPLES.resolve("anchors.yaml")),
            EstimateOptions.ALL,
            draws);
    TrendFootprint footprint =
        TrendFootprint.of(
            estimate,
            Scatter.exactly(1),
            ImageGeneration.of("gpt-image-1", 1).at("US"),
            gtrace,
            draws);
    html = TrendPage.html(new TrendAccount(estimate, files, Optional.of(footprint)), NOW);
  }

  private static Signal hostile(Signal like) {
    Instant first = like.observations().get(0).from();
    List<Observation> days = new ArrayList<>();
    for (int d = 0; d < 10; d++) {
      Instant from = first.plus(Duration.ofDays(d));
      days.add(
          new Observation(from, from.plus(Duration.ofDays(1)), Reading.exactly(10 + d), false));
    }
    return new Signal(HOSTILE, SignalKind.COUNT, Granularity.DAY, HOSTILE + ".csv", days);
  }

  private Page open(Browser.NewContextOptions options) {
    return open(html, options);
  }

  @Test
  void bothChartsAreDrawnAndNothingIsFetched() {
    Page page = open(sized(1200));
    assertThat(page.locator(".chart").count()).isEqualTo(2);
    // The band, the line and the axes; then a line for each signal.
    assertThat(page.locator("#chart-volume svg path").count()).isGreaterThan(4);
    assertThat(page.locator("#chart-signals svg path[stroke-width='1.5']").count())
        .isGreaterThanOrEqualTo(4);
    assertThat(page.locator("#chart-volume").getAttribute("aria-label"))
        .contains("90 % interval")
        .containsPattern("Largest: \\d+ (Mar|Apr) 2025 with");
    assertThat(page.locator("#chart-signals svg text").allTextContents())
        .anyMatch(text -> text.contains("ghibli"))
        .anyMatch(text -> text.contains("Studio"));
    assertThat(requests()).singleElement().satisfies(url -> assertThat(url).startsWith("file:"));
    assertThat(complaints()).isEmpty();
  }

  @Test
  void aDayTellsItsVolumeAndInterval() {
    Page page = open(sized(1200));
    Locator chart = page.locator("#chart-volume");
    chart.scrollIntoViewIfNeeded();
    var box = chart.boundingBox();
    assertThat(chart.innerText()).doesNotContain(" to ");
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
    page.waitForCondition(
        () -> chart.innerText().contains(" to "),
        new Page.WaitForConditionOptions().setTimeout(5_000));
    assertThat(chart.innerText())
        .containsPattern("[\\d.,]+ [Mk] \\([\\d.,]+ [Mk] to [\\d.,]+ [Mk]\\)");
  }

  @Test
  void namesOfSignalsAndFilesAreNothingButText() {
    Page page = open(sized(1200));
    assertThat(page.locator("img, main b").count()).isZero();
    assertThat(page.locator("main").innerText()).contains(HOSTILE);
    Locator chart = page.locator("#chart-signals");
    chart.scrollIntoViewIfNeeded();
    var box = chart.boundingBox();
    page.mouse().move(box.x + box.width / 5, box.y + 80);
    assertThat(page.locator("#chart-signals img, #chart-signals b").count()).isZero();
    assertThat(complaints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 375, 768, 928, 1200})
  void nothingStandsOutOverTheEdgeOfAScreen(int widthPx) {
    Page page = open(sized(widthPx));
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(widthPx);
    for (String chart : List.of("#chart-volume svg", "#chart-signals svg")) {
      assertThat(page.locator(chart).boundingBox().width).isLessThanOrEqualTo(widthPx);
    }
  }

  @Test
  void aNarrowerWindowRedrawsTheCharts() {
    Page page = open(sized(1200));
    page.setViewportSize(400, 800);
    page.waitForCondition(
        () -> page.locator("#chart-signals svg").boundingBox().width <= 400,
        new Page.WaitForConditionOptions().setTimeout(5_000));
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(ints = {375, 1200})
  void everyNameOfTheLegendStandsInsideOfTheChart(int widthPx) {
    Page page = open(sized(widthPx));
    Object inside =
        page.evaluate(
            """
            () => {
              const chart = document.querySelector("#chart-signals").getBoundingClientRect();
              return [...document.querySelectorAll("#chart-signals svg text")]
                .map(text => text.getBoundingClientRect())
                .every(box => box.bottom <= chart.bottom + 1 && box.right <= chart.right + 1);
            }
            """);
    assertThat(inside).isEqualTo(true);
  }

  @Test
  void withoutScriptsTheTablesTellEverything() {
    Page page = open(sized(1200).setJavaScriptEnabled(false));
    assertThat(page.locator(".chart").first().isVisible()).isFalse();
    assertThat(page.locator("main").innerText())
        .contains("Energy", "Carbon", "Studio", "images", "31 Mar 2025");
  }

  @Test
  void theFirstTabStopLeadsToTheCharts() {
    Page page = open(sized(1200));
    requireSkipToCharts(page);
  }

  @Test
  void everyTableHasACaptionAndEveryHeadingCellAScope() {
    Page page = open(sized(1200));
    requireNamedTables(page, 3);
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void textStandsOutFromItsBackground(ColorScheme scheme) {
    Page page = open(sized(1200).setColorScheme(scheme));
    assertThat(Chromium.faintTexts(page)).isEmpty();
    boolean dark = scheme == ColorScheme.DARK;
    assertThat(
            page.locator("#chart-signals svg text")
                .getByText("ghibli ai (Worldwide)")
                .getAttribute("fill"))
        .isEqualTo(dark ? "#e8eeeb" : "#17211d");
  }
}
