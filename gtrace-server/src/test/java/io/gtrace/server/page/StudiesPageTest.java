package io.gtrace.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
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
}
