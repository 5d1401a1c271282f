package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.gtrace.ledger.Account;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens reports in an installed Chromium; skipped where there is none. */
class AccountPageBrowserTest extends BrowserTest {
  private Page open(Account account, Browser.NewContextOptions options) {
    return open(html(account), options);
  }

  private static String html(Account account) {
    ReportContext made =
        ReportContext.at(Instant.parse("2025-04-01T09:30:00Z"))
            .withSources(
                List.of(
                    new Provenance(
                        Tier.BENCHMARKED,
                        "Measured energy of the inference of many models, set out at some length "
                            .repeat(3),
                        2024,
                        "CC-BY-4.0 (attribution to each of the operators of the benchmark)")));
    return AccountReport.of(account, made).html();
  }

  @Test
  void everyChartIsDrawnAndNothingIsFetched() {
    Page page = open(SampleAccounts.company(), sized(1200));
    Locator charts = page.locator(".chart");
    assertThat(charts.count()).isEqualTo(6);
    for (Locator chart : charts.all()) {
      assertThat(chart.locator("svg path").count()).isGreaterThan(2);
      assertThat(chart.getAttribute("aria-label")).contains("Largest of");
    }
    assertThat(page.locator("#chart-map svg path").count()).isGreaterThan(175);
    assertThat(requests()).singleElement().satisfies(url -> assertThat(url).startsWith("file:"));
    assertThat(complaints()).isEmpty();
  }

  @Test
  void namesFromTheAccountAreNothingButText() {
    Page page = open(SampleAccounts.hostile(), sized(1200));
    assertThat(page.locator("#x, img").count()).isZero();
    assertThat(page.title()).isEqualTo(SampleAccounts.HOSTILE);
    assertThat(page.locator("h1").textContent()).isEqualTo(SampleAccounts.HOSTILE);
    page.locator("#chart-team").hover();
    assertThat(page.locator("#chart-team b, #chart-team img").count()).isZero();
    assertThat(complaints()).isEmpty();
    assertThat(requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 360, 800, 880, 960, 1100})
  void nothingStandsOutOverTheEdgeOfASmallScreen(int widthPx) {
    for (Account account : List.of(SampleAccounts.company(), SampleAccounts.vast())) {
      Page page = open(account, new Browser.NewContextOptions().setViewportSize(widthPx, 800));
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(widthPx);
      page.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1200, 760, 375})
  void everyPlaceOnTheMapHasALabelThatStandsOnNoCircle(int widthPx) {
    Page page =
        open(
            SampleAccounts.neighbours(),
            new Browser.NewContextOptions().setViewportSize(widthPx, 900));
    Locator labels = page.locator("#chart-map svg text");
    List<String> names = List.of("DE", "eu-central-1", "NL", "FR", "eu-west-3", "us-east-1");
    Locator legend = page.locator("#chart-map + .legend li");
    if (widthPx > 560) {
      assertThat(labels.allTextContents()).containsExactlyInAnyOrderElementsOf(names);
      assertThat(legend.count()).isZero();
    } else {
      assertThat(labels.allTextContents()).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6");
      assertThat(legend.allTextContents())
          .hasSize(6)
          .startsWith("1 DE")
          .anyMatch(item -> item.endsWith(" FR"));
    }
    Object covered =
        page.evaluate(
            """
            () => {
              const boxes = (what, keep) => [...document.querySelectorAll("#chart-map svg " + what)]
                .filter(keep).map(e => [e.textContent, e.getBoundingClientRect()]);
              const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
              const circles = boxes("path", e => e.getAttribute("fill") === accent);
              const texts = boxes("text", () => true);
              const near = (value, low, high) => Math.max(low, Math.min(high, value));
              const onCircle = ([, t]) => circles.some(([, c]) => {
                const [x, y] = [c.x + c.width / 2, c.y + c.height / 2];
                return Math.hypot(x - near(x, t.left, t.right), y - near(y, t.top + 2, t.bottom - 2)) < c.width / 2;
              });
              const onText = ([, a], i) => texts.some(([, b], j) => i !== j
                && a.left < b.right && b.left < a.right && a.top + 2 < b.bottom - 2 && b.top + 2 < a.bottom - 2);
              return [String(circles.length), ...texts.filter((t, i) => onCircle(t) || onText(t, i)).map(t => t[0])];
            }
            """);
    assertThat(covered).isEqualTo(List.of("6"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1200, 960})
  void noWordOfTheSourcesIsBrokenWhereThereIsRoom(int widthPx) {
    Page page =
        open(
            SampleAccounts.company(),
            new Browser.NewContextOptions().setViewportSize(widthPx, 900));
    Object broken =
        page.evaluate(
            """
            () => {
              const lines = node => {
                const range = document.createRange();
                range.selectNodeContents(node);
                return new Set([...range.getClientRects()].map(r => Math.round(r.top))).size;
              };
              return [...document.querySelectorAll("#sources ~ table th, #sources ~ table td.whole")]
                .filter(cell => cell.matches(".whole") || !cell.textContent.trim().includes(" "))
                .filter(cell => lines(cell) > 1)
                .map(cell => cell.textContent);
            }
            """);
    assertThat((List<?>) broken).isEmpty();
    assertThat(page.locator("#sources ~ table td.whole").count()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {1200, 760})
  void noWordOfTheContentsStandsAlone(int widthPx) {
    Page page =
        open(
            SampleAccounts.company(),
            new Browser.NewContextOptions().setViewportSize(widthPx, 900));
    Object inLastLine =
        page.evaluate(
            """
            () => {
              const tops = [...document.querySelectorAll("nav a")].map(a => Math.round(a.getBoundingClientRect().top));
              return tops.filter(top => top === tops[tops.length - 1]).length;
            }
            """);
    assertThat((Integer) inLastLine).isGreaterThan(1);
  }

  @Test
  void aNarrowerWindowRedrawsTheCharts() {
    Page page = open(SampleAccounts.company(), sized(1200));
    page.setViewportSize(400, 800);
    page.waitForCondition(
        () -> page.locator("#chart-map svg").boundingBox().width <= 400,
        new Page.WaitForConditionOptions().setTimeout(5_000));
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
  }

  @Test
  void withoutScriptsTheTablesTellEverything() {
    Page page = open(SampleAccounts.company(), sized(1200).setJavaScriptEnabled(false));
    assertThat(page.locator(".chart").first().isVisible()).isFalse();
    assertThat(page.locator("main").innerText())
        .contains("ap-southeast-2", "Customer care", "code-review", "21 Mar 2025");
  }

  @Test
  void everyTableHasACaptionAndEveryHeadingCellAScope() {
    Page page = open(SampleAccounts.company(), sized(1200));
    assertThat(page.locator("table:not(:has(caption))").count()).isZero();
    assertThat(page.locator("th:not([scope])").count()).isZero();
    assertThat(page.locator("h1").count()).isOne();
  }

  @Test
  void theFirstTabStopLeadsToTheReport() {
    Page page = open(SampleAccounts.company(), sized(1200));
    page.keyboard().press("Tab");
    assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Skip to the report");
    page.keyboard().press("Tab");
    assertThat(page.evaluate("document.activeElement.getAttribute('href')")).isEqualTo("#totals");
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void textStandsOutFromItsBackground(ColorScheme scheme) {
    Page page = open(SampleAccounts.company(), sized(1200).setColorScheme(scheme));
    assertThat(Chromium.faintTexts(page)).isEmpty();
  }

  @Test
  void paperIsWhiteEvenWhereTheScreenIsDark() {
    Page page = open(SampleAccounts.company(), sized(1200).setColorScheme(ColorScheme.DARK));
    assertThat(axisLabelColour(page)).isEqualTo("#e8eeeb");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    page.waitForCondition(
        () -> axisLabelColour(page).equals("#17211d"),
        new Page.WaitForConditionOptions().setTimeout(5_000));
    assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
  }

  private static String axisLabelColour(Page page) {
    return page.locator("#chart-model svg text").getByText("gpt-4o-mini").getAttribute("fill");
  }
}
