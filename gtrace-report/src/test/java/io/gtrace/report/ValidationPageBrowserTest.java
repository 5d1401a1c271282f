package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.uncertainty.Draws;
import io.gtrace.validation.LawPredictions;
import io.gtrace.validation.Measurement;
import io.gtrace.validation.MeasurementColumns;
import io.gtrace.validation.MeasurementReader;
import io.gtrace.validation.ModelKnowledge;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens pages of {@code gtrace validate} in an installed Chromium; skipped where there is none. */
class ValidationPageBrowserTest extends BrowserTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final String HOSTILE = "<img src=x onerror=alert(1)>-8b";
  private static final String TEXT =
      """
      model,gpu,avg_batch,energy_per_output_token_j
      Qwen/Qwen3-8B,H100,8,0.5
      Qwen/Qwen3-8B,H100,31,0.163
      Qwen/Qwen3-8B,H100,120,0.09
      nvidia/an-uncommonly-long-name-of-a-model-that-does-not-end-for-a-while-70b-instruct,H100,64,1.5
      acme-5000b,B200,64,90
      %s,H100,64,0.2
      """
          .formatted(HOSTILE);
  private static final String IMAGES =
      """
      model,gpu,width_px,height_px,steps,energy_per_image_j
      black-forest-labs/FLUX.1-dev,H100,1024,1024,28,2900
      black-forest-labs/FLUX.1-dev,B200,1024,1024,28,2400
      """;

  /** Middles of the marks of a chart, without those of its legend, which stand below the axis. */
  private static final String MARKS =
      """
      id => {
        const chart = document.getElementById(`chart-${id}`);
        const axis = [...chart.querySelectorAll("svg text")].find(t => t.textContent === "measured, J");
        return [...chart.querySelectorAll("svg path[fill-opacity='0.85']")]
          .map(path => path.getBoundingClientRect())
          .filter(box => box.bottom < axis.getBoundingClientRect().top)
          .map(box => [box.x + box.width / 2, box.y + box.height / 2]);
      }
      """;

  private Page open(Browser.NewContextOptions options) {
    return open(html(), options);
  }

  private static String html() {
    List<Measurement> measurements =
        Stream.of(TEXT, IMAGES)
            .flatMap(csv ->
                MeasurementReader.read(CATALOGUE, csv, MeasurementColumns.OURS, Optional.empty())
                    .usable()
                    .stream())
            .toList();
    LawPredictions predictions =
        new LawPredictions(
            CATALOGUE, Draws.standard(CATALOGUE.correlations()), ModelKnowledge.UNSEEN);
    return ValidationPage.html(predictions.validate(measurements), true, Instant.EPOCH);
  }

  @Test
  void everyMeasurementIsAMarkAndNothingIsFetched() {
    Page page = open(sized(1200));
    assertThat(page.locator(".chart").count()).isEqualTo(2);
    assertThat(marks(page, "text")).isEqualTo(6);
    assertThat(marks(page, "image")).isEqualTo(2);
    assertThat(page.locator("#chart-text").getAttribute("aria-label")).contains("6 conditions");
    assertThat(page.locator("#chart-text svg text").allTextContents())
        .contains("measured, J", "estimated, J", "Qwen/Qwen3-8B", "acme-5000b");
    assertThat(requests()).singleElement().satisfies(url -> assertThat(url).startsWith("file:"));
    assertThat(complaints()).isEmpty();
  }

  private static int marks(Page page, String modality) {
    return ((List<?>) page.evaluate(MARKS, modality)).size();
  }

  @Test
  void aMarkTellsItsModelAndBothFigures() {
    Page page = open(sized(1200));
    page.locator("#chart-image").scrollIntoViewIfNeeded();
    List<?> mark = (List<?>) ((List<?>) page.evaluate(MARKS, "image")).get(0);
    page.mouse().move(((Number) mark.get(0)).doubleValue(), ((Number) mark.get(1)).doubleValue());
    Locator tooltip = page.locator("#chart-image > div").last();
    assertThat(tooltip.innerText()).contains("FLUX.1-dev", "measured", "estimated");
  }

  @Test
  void namesOfModelsAreNothingButText() {
    Page page = open(sized(1200));
    assertThat(page.locator("img").count()).isZero();
    assertThat(page.locator("main").innerText()).contains(HOSTILE);
    assertThat(complaints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 375, 768, 928, 1100})
  void nothingStandsOutOverTheEdgeOfASmallScreen(int widthPx) {
    Page page = open(sized(widthPx));
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(widthPx);
    assertThat(page.locator("#chart-text svg").boundingBox().width).isLessThanOrEqualTo(widthPx);
  }

  @ParameterizedTest
  @ValueSource(ints = {375, 768, 1200})
  void theFiguresFillTheirRows(int widthPx) {
    Page page = open(sized(widthPx));
    Object perRow =
        page.evaluate(
            """
            () => {
              const tops = [...document.querySelectorAll("section:first-of-type .facts > div")]
                .map(figure => Math.round(figure.getBoundingClientRect().top));
              return [...new Set(tops)].map(top => tops.filter(other => other === top).length);
            }
            """);
    assertThat((List<?>) perRow).hasSizeGreaterThan(1);
    assertThat(List.copyOf(new HashSet<>((List<?>) perRow))).hasSize(1);
  }

  @Test
  void aNarrowerWindowRedrawsTheChart() {
    Page page = open(sized(1200));
    page.setViewportSize(400, 800);
    page.waitForCondition(
        () -> page.locator("#chart-text svg").boundingBox().width <= 400,
        new Page.WaitForConditionOptions().setTimeout(5_000));
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
  }

  @Test
  void theLegendStandsBelowTheAxisAndInsideOfTheChart() {
    for (int widthPx : new int[] {375, 1200}) {
      Page page = open(sized(widthPx));
      Object places =
          page.evaluate(
              """
              () => {
                const texts = [...document.querySelectorAll("#chart-text svg text")];
                const of = text => texts.find(t => t.textContent === text).getBoundingClientRect();
                const models = texts.filter(t => /Qwen|acme|onerror|nvidia/.test(t.textContent));
                const boxes = models.map(t => t.getBoundingClientRect());
                const chart = document.querySelector("#chart-text").getBoundingClientRect();
                return [boxes.every(b => b.top >= of("measured, J").bottom),
                  boxes.every(b => b.bottom <= chart.bottom && b.right <= chart.right)];
              }
              """);
      assertThat((List<?>) places).as("at " + widthPx).isEqualTo(List.of(true, true));
      page.close();
    }
  }

  @Test
  void withoutScriptsTheTablesTellEverything() {
    Page page = open(sized(1200).setJavaScriptEnabled(false));
    assertThat(page.locator(".chart").first().isVisible()).isFalse();
    assertThat(page.locator("main").innerText())
        .contains("Qwen/Qwen3-8B", "acme-5000b", "extrapolated", "Median error");
  }

  @Test
  void theFirstTabStopLeadsToTheCharts() {
    Page page = open(sized(1200));
    requireSkipToCharts(page);
  }

  @Test
  void everyTableHasACaptionAndEveryHeadingCellAScope() {
    Page page = open(sized(1200));
    requireNamedTables(page, 4);
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void textStandsOutFromItsBackground(ColorScheme scheme) {
    Page page = open(sized(1200).setColorScheme(scheme));
    assertThat(Chromium.faintTexts(page)).isEmpty();
    boolean dark = scheme == ColorScheme.DARK;
    assertThat(page.locator("#chart-text svg text").getByText("acme-5000b").getAttribute("fill"))
        .isEqualTo(dark ? "#e8eeeb" : "#17211d");
  }
}
