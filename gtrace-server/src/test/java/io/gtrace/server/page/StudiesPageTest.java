package io.gtrace.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudiesPageTest extends PageTest {
  /** A thousand runs of seconds each: takes far longer than any test waits. */
  private static final String LONG =
      """
      {"study": "sir", "scale": 0.05, "days": 4000, "runs": 1000}\
      """;

  @Test
  void aRunIsFollowedToItsResult() {
    String run = server().post("/v1/studies", LONG).headers().firstValue("Location").orElseThrow();
    Page page = open("/studies");
    Locator told = page.locator("section[aria-labelledby=runs] li").first();
    assertThat(told).containsText("running, ", new ContainsTextOptions().setTimeout(30_000));
    assertThat(told.locator("progress")).isVisible();
    assertThat(barriers(page)).isEmpty();
    server().send(server().request(run).DELETE().build());
    assertThat(told).containsText("cancelled, ", new ContainsTextOptions().setTimeout(60_000));
    assertThat(told.locator("progress")).hasCount(0);
    assertThat(told.getByText("As JSON")).hasAttribute("href", run);
  }

  @Test
  void studiesAreRunFromThePageAndSetBesideEachOther() {
    Page page = open("/studies");
    Locator form = page.locator("form.run[data-study='ghibli-2025']");
    for (String days : List.of("1", "2")) {
      form.getByLabel("Days").fill(days);
      form.getByText("Run it here").click();
      assertThat(page.locator("section[aria-labelledby=runs] li").first())
          .containsText("done, 100 %", new ContainsTextOptions().setTimeout(120_000));
    }
    Locator lines = page.locator("section[aria-labelledby=runs] tbody tr");
    assertThat(lines).hasCount(2);
    assertThat(lines.first()).containsText("48 hours");
    assertThat(lines.last()).containsText("24 hours");
    assertThat(lines.first().locator("[data-label=Energy]")).containsText("Wh (");
    assertThat(barriers(page)).isEmpty();
    page.locator("section[aria-labelledby=runs] li").first().getByText("Forget").click();
    assertThat(page.locator("section[aria-labelledby=runs] li")).hasCount(1);
  }

  @Test
  void whyAStudyCannotBeRunIsTold() {
    Page page = open("/studies");
    Locator form = page.locator("form.run[data-study='ghibli-2025']");
    form.getByLabel("Scale").selectOption("1");
    form.getByLabel("Runs").fill("1000");
    form.getByText("Run it here").click();
    assertThat(page.locator("section[aria-labelledby=runs] li").first())
        .containsText("memory", new ContainsTextOptions().setTimeout(60_000));
  }

  @Test
  void aRunIsCancelledOnThePage() {
    server().post("/v1/studies", LONG);
    Page page = open("/studies");
    Locator told = page.locator("section[aria-labelledby=runs] li").first();
    told.getByText("Cancel").click();
    assertThat(told).containsText("cancelled, ", new ContainsTextOptions().setTimeout(60_000));
  }
}
