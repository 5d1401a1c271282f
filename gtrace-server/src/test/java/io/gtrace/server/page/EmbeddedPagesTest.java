package io.gtrace.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

class EmbeddedPagesTest extends PageTest {
  @Test
  void thePlanIsDrawn() {
    serverWith(
        """
        {"model": "gpt-4o", "region": "PL", "team": "search", "input_tokens": 9000000, "output_tokens": 2000000}
        """);
    Page page = open("/advice");
    assertThat(page.locator("#actions")).isVisible();
    assertThat(page.locator("#chart-avoided canvas").first()).isVisible();
    assertThat(barriers(page)).isEmpty();
  }

  @Test
  void anEmptyLedgerHasNoPlan() {
    assertThat(open("/advice").locator(".warning")).containsText("empty");
  }

  @Test
  void whoHasNoProfileIsToldHowToMakeOne() {
    Page page = open("/pyramid");
    assertThat(page.locator("#command")).containsText("gtrace pyramid init");
    assertThat(barriers(page)).isEmpty();
  }

  @Test
  void studiesTellTheirStories() {
    Page page = open("/studies");
    assertThat(page.locator("#study-ghibli-2025")).isVisible();
    assertThat(barriers(page)).isEmpty();
  }

  @Test
  void aPageIsTakenApartAtItsMarks() {
    assertThat(FinishedPage.of("<body><main id=\"content\"><p>x</p></main>").content())
        .isEqualTo("<p>x</p>");
  }

  @Test
  void aResultOfAStudyIsDrawn() {
    String run =
        server()
            .post("/v1/studies", "{\"study\": \"ghibli-2025\", \"scale\": 0.0001, \"days\": 2}")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    while (!server().get(run).body().contains("\"state\":\"done\"")) {
      assertThat(server().get(run).body().contains("\"state\":\"failed\"")).isFalse();
    }
    Page page = open(run + "/page");
    assertThat(page.locator("#chart-map svg").first()).isVisible();
    page.locator(".chart")
        .all()
        .forEach(chart -> assertThat(chart.locator("svg").first()).isAttached());
  }
}
