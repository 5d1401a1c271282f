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
}
