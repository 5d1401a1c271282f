package io.gtrace.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplorePageTest extends PageTest {
  @BeforeEach
  void fill() {
    StringBuilder calls = new StringBuilder();
    for (int hour = 0; hour < 12; hour++) {
      calls.append(
          """
          {"model": "gpt-4o", "region": "FR", "team": "search", "output_tokens": %d, "when": "2026-03-01T%02d:30:00Z"}
          {"model": "gpt-4o-mini", "region": "DE", "team": "=cmd()", "output_tokens": 500, "when": "2026-03-01T%02d:10:00Z"}
          """
              .formatted(1_000 + 500 * hour, hour, hour));
    }
    serverWith(calls.toString());
  }

  @Test
  void filtersAndSplitsAreInTheAddress() {
    Page page = open("/explore");
    page.locator("select[name=by]").selectOption("model");
    page.locator("select[name=team]").selectOption("search");
    page.locator("#explore button").click();
    page.waitForURL("**/explore?*team=search*");
    assertThat(page.locator("main")).containsText("12 activities");
    assertThat(page.locator("main")).not().containsText("gpt-4o-mini at");
    assertThat(page.locator("#parts")).hasText("By model");
    assertThat(page.locator("select[name=team]")).hasValue("search");
    assertThat(barriers(page)).isEmpty();
  }

  @Test
  void aTimeIsChosenByDraggingOverThePicture() {
    Page page = open("/explore");
    Locator picture = page.locator("#chart-curves canvas").first();
    picture.scrollIntoViewIfNeeded();
    var box = picture.boundingBox();
    page.mouse().move(box.x + box.width * 0.4, box.y + 150);
    page.mouse().down();
    page.mouse().move(box.x + box.width * 0.7, box.y + 150);
    page.mouse().up();
    assertThat(page.locator("#only-chosen")).containsText("Show only 1 Mar 2026");
    page.locator("#only-chosen").click();
    page.waitForURL("**/explore?*from=2026-03-01*");
    assertThat(page.locator("main")).not().containsText("24 activities");
  }

  @Test
  void twoSelectionsStandBesideEachOther() {
    Page page = open("/explore");
    page.getByLabel("Compare with another selection").check();
    page.waitForURL("**compare=1*");
    // At first both are the same: not even the last digits differ.
    assertThat(page.locator("main")).containsText("A is 1 times B (1 to 1)");
    assertThat(page.locator("main")).containsText("a probability of less than 1 %");
    page.locator("select[name=team]").selectOption("search");
    page.locator("select[name=team2]").selectOption("=cmd()");
    page.locator("#explore button").click();
    assertThat(page.locator("main")).containsText("times B");
    assertThat(page.locator("main")).containsText("a probability of");
    assertThat(barriers(page)).isEmpty();
  }

  @Test
  void aSingleStepHasWhiskers() {
    Page page = open("/explore?step=day");
    assertThat(page.locator("figcaption").first()).containsText("whiskers: 90 % interval");
    assertThat(page.getByText("Drag over the picture")).hasCount(0);
    page.navigate(page.url().replace("step=day", "step=hour"));
    assertThat(page.locator("figcaption").first()).containsText("bands: 90 % interval");
  }

  @Test
  void theSameIsAFileInWhichNothingIsComputed() {
    HttpResponse<String> csv = server().get("/explore.csv?by=team&step=hour");
    assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(csv.body())
        .startsWith("hour,team,activities")
        .contains("2026-03-01T00:00:00Z,search,1,")
        .contains(",'=cmd(),")
        .doesNotContain(",=cmd");
    assertThat(csv.body().lines().count()).isEqualTo(25);
  }

  @Test
  void aFigureLeadsToItsDerivation() {
    Page page = open("/explore?by=model");
    page.locator("#parts ~ table tbody a.why").first().click();
    page.waitForURL("**/trace?of=ledger&model=gpt-4o*");
    assertThat(page.locator(".tree")).not().hasCount(0);
    assertThat(page.locator(".tree").first()).containsText("power usage effectiveness");
    assertThat(barriers(page)).isEmpty();
  }

  @Test
  void withoutScriptsTheTablesTellEverything() {
    String html = server().get("/explore?by=team").body();
    assertThat(html).contains("24 activities", "search", "=cmd()", "<table");
  }

  @Test
  void whatCannotBeAskedIsSaidInThePage() {
    HttpResponse<String> answer = server().get("/explore?by=%3Cb%3Ecolour");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("&lt;b&gt;colour").doesNotContain("<b>colour");
  }
}
