package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import io.gtrace.simulation.study.StudyOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens the page of a study in an installed Chromium; skipped where there is none. */
class StudyPageBrowserTest extends BrowserTest {
  private static final String WEEK = html(SampleStudies.week());
  private static final String ENSEMBLE = html(SampleStudies.ensemble());

  private static final int LONGEST_PHONE_PAGE_PX = 8_500;

  /** What the map looks like so many frames after the slider has moved to a step. */
  private static final String MAP_AFTER =
      """
      ([step, frames]) => new Promise(done => {
        const slider = document.getElementById("moment");
        slider.value = step;
        slider.dispatchEvent(new Event("input"));
        const later = left => left === 0
          ? done(document.querySelector("#chart-map svg").innerHTML)
          : requestAnimationFrame(() => later(left - 1));
        later(frames);
      })
      """;

  private static final String MOVED = html(SampleStudies.moved());

  private static String html(StudyOutcome outcome) {
    return StudyPage.html(outcome, Instant.EPOCH);
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void everyChartIsDrawnAndNothingIsFetched(ColorScheme scheme) {
    Page page = open(ENSEMBLE, sized(1200).setColorScheme(scheme));
    List<Locator> charts = page.locator(".chart").all();
    assertThat(charts).hasSize(17);
    for (Locator chart : charts) {
      assertThat(chart.locator("svg path").count()).as(chart.getAttribute("id")).isGreaterThan(2);
    }
    assertThat(page.locator("#chart-map svg path").count()).isGreaterThan(175);
    assertThat(page.locator(".chart[role=img]:not([aria-label])").count()).isZero();
    assertThat(Chromium.faintTexts(page)).isEmpty();
    assertThat(requests()).singleElement().satisfies(url -> assertThat(url).startsWith("file:"));
    assertThat(complaints()).isEmpty();
  }

  @Test
  void choicesAreMappedAndMovesAreCurves() {
    Page page = open(MOVED, sized(1200));
    assertThat(page.locator("#choice ~ figure .chart").count()).isPositive();
    for (Locator chart : page.locator("[id^=chart-choice-], [id^=chart-moves-]").all()) {
      assertThat(chart.locator("svg path").count()).as(chart.getAttribute("id")).isGreaterThan(4);
    }
    assertThat(page.locator("[id^=chart-moves-]").count()).isEqualTo(2);
    assertThat(complaints()).isEmpty();
  }

  @Test
  void trainingIsSetBesideUse() {
    Page page = open(html(SampleStudies.trained()), sized(1200));
    assertThat(page.locator("#training").textContent()).isEqualTo("When use overtakes training");
    for (Locator chart : page.locator("[id^=chart-training-]").all()) {
      assertThat(chart.locator("svg path").count()).as(chart.getAttribute("id")).isGreaterThan(2);
    }
    assertThat(page.locator("[id^=chart-training-]").count()).isEqualTo(2);
    assertThat(page.locator("body").textContent())
        .contains("% of the draws use overtakes training");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void theMapPlaysToItsEndAndPauses() {
    Page page = open(WEEK, sized(1200));
    Locator button = page.locator("#play");
    String poster = page.locator("#so-far-outputs").textContent();
    assertThat(poster).isNotBlank();
    page.locator("#moment").fill("0");
    String first = page.locator("#now").textContent();
    button.click();
    assertThat(button.textContent()).isEqualTo("Pause");
    page.waitForCondition(() -> Integer.parseInt(page.locator("#moment").inputValue()) >= 2);
    assertThat(page.locator("#now").textContent()).isNotEqualTo(first);
    button.click();
    assertThat(button.textContent()).isEqualTo("Play");

    String last = page.locator("#moment").getAttribute("max");
    page.locator("#moment").fill(Integer.toString(Integer.parseInt(last) - 1));
    button.click();
    page.waitForCondition(() -> button.textContent().equals("Play"));
    assertThat(page.locator("#moment").inputValue()).isEqualTo(last);
    assertThat(complaints()).isEmpty();
  }

  @Test
  void keysMoveThroughTime() {
    Page page = open(WEEK, sized(1200));
    page.locator("#moment").focus();
    page.keyboard().press("Home");
    assertThat(page.locator("#moment").inputValue()).isEqualTo("0");
    String before = page.locator("#moment").getAttribute("aria-valuetext");
    page.keyboard().press("ArrowRight");
    assertThat(page.locator("#moment").inputValue()).isEqualTo("1");
    assertThat(page.locator("#moment").getAttribute("aria-valuetext")).isNotEqualTo(before);
    page.keyboard().press("Tab");
    page.keyboard().press("Space");
    assertThat(page.locator("#play").textContent()).isEqualTo("Pause");
  }

  @Test
  void nothingMovesWhereMotionIsUnwanted() {
    Page still = open(WEEK, sized(1200).setReducedMotion(ReducedMotion.REDUCE));
    List<Integer> soon = List.of(50, 3);
    List<Integer> late = List.of(50, 30);
    still.evaluate(MAP_AFTER, List.of(40, 30));
    assertThat(still.evaluate(MAP_AFTER, soon)).isEqualTo(still.evaluate(MAP_AFTER, late));
    still.close();
    Page moving = open(WEEK, sized(1200).setReducedMotion(ReducedMotion.NO_PREFERENCE));
    moving.evaluate(MAP_AFTER, List.of(40, 60));
    assertThat(moving.evaluate(MAP_AFTER, soon)).isNotEqualTo(moving.evaluate(MAP_AFTER, late));
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 375, 768, 1000})
  void nothingStandsOutOverTheEdgeOfASmallScreen(int widthPx) {
    for (String html : List.of(WEEK, ENSEMBLE, MOVED)) {
      Page page = open(html, sized(widthPx));
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(widthPx);
      assertThat(page.locator("#chart-map svg").boundingBox().width).isLessThanOrEqualTo(widthPx);
      page.close();
    }
  }

  @Test
  void paperShowsTheChartsAndNoControls() {
    Page page = open(WEEK, sized(1200));
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    page.waitForCondition(() -> page.locator("#chart-map svg").boundingBox().width <= 670);
    assertThat(page.locator("#play").isVisible()).isFalse();
    assertThat(page.locator("#moment").isVisible()).isFalse();
    assertThat(page.locator("#now").isVisible()).isTrue();
  }

  @Test
  void aPhoneShowsTheStoryAndOpensWhatIsFoldedByKey() {
    for (String html : List.of(WEEK, ENSEMBLE, MOVED)) {
      Page page = open(html, sized(390));
      assertThat((Integer) page.evaluate("document.documentElement.scrollHeight"))
          .isLessThan(LONGEST_PHONE_PAGE_PX);
      assertThat(page.locator("table:visible").count()).isZero();
      Locator folded = page.locator("details:has(table)").first();
      folded.locator("summary").focus();
      page.keyboard().press("Enter");
      assertThat(folded.locator("table").first().isVisible()).isTrue();
      page.close();
    }
  }

  @Test
  void paperShowsWhatIsFolded() {
    Page page = open(ENSEMBLE, sized(1200));
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator("main").innerText())
        .contains("United States", "own rtx-4060", "4,309 MWh", "counted share (use)")
        .contains("Every person of the study is simulated");
  }

  @Test
  void withoutScriptsTheTablesTellEverything() {
    Page page = open(ENSEMBLE, sized(1200).setJavaScriptEnabled(false));
    assertThat(page.locator(".chart").first().isVisible()).isFalse();
    assertThat(page.locator(".player").isVisible()).isFalse();
    assertThat(page.locator("main").innerText())
        .contains(
            "United States", "own rtx-4060", "4,309 MWh", "counted share (use)", "Half as many");
  }

  @Test
  void namesOfAStudyAreNothingButText() {
    Page page = open(html(SampleStudies.hostile()), sized(1200));
    assertThat(page.locator("#x, img").count()).isZero();
    assertThat(page.title()).isEqualTo(SampleStudies.HOSTILE);
    assertThat(page.locator("#chart-pairs svg").textContent()).contains("onerror");
    assertThat(complaints()).isEmpty();
    assertThat(requests()).hasSize(1);
  }

  @Test
  void everyTableHasACaptionAndEveryHeadingCellAScope() {
    Page page = open(ENSEMBLE, sized(1200));
    assertThat(page.locator("table").count()).isEqualTo(8);
    assertThat(page.locator("table:not(:has(caption))").count()).isZero();
    assertThat(page.locator("th:not([scope])").count()).isZero();
    assertThat(page.locator("h1").count()).isOne();
    page.keyboard().press("Tab");
    assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Skip to the story");
    page.keyboard().press("Enter");
    page.waitForURL("**#content");
  }

  @Test
  void anAdoptionStudyShowsItsMapAndCurves() {
    Page page = open(html(SampleStudies.adoption()), sized(1200));
    assertThat(page.locator("#chart-so-far svg path").count()).isGreaterThan(2);
    assertThat(page.locator("#chart-map svg path").count()).isGreaterThan(175);
    assertThat(complaints()).isEmpty();
  }

  @Test
  void aPointOnACurveTellsItsInterval() {
    Page page = open(ENSEMBLE, sized(1200));
    Locator chart = page.locator("#chart-so-far");
    chart.hover();
    assertThat(chart.locator("svg").textContent()).contains("noticed: ", " to ");
  }
}
