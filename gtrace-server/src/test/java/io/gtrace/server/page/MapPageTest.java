package io.gtrace.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

class MapPageTest extends PageTest {
  @Test
  void theHoursOfTheGridsRunBy() {
    serverWith(
        """
        {"model": "gpt-4o", "region": "FR", "output_tokens": 100}
        {"model": "llama-3.1-8b-instruct", "region": "rtx-4090@DE", "output_tokens": 100}
        """);
    Page page = open("/map?month=6");
    assertThat(page.locator("#chart-map canvas").first()).isVisible();
    assertThat(page.locator("#now")).containsText("12:00 UTC, June");
    page.locator("#hour").focus();
    page.keyboard().press("ArrowRight");
    assertThat(page.locator("#now")).containsText("13:00 UTC, June");
    page.locator("#play").click();
    assertThat(page.locator("#play")).hasText("Pause");
    assertThat(page.locator("#now")).containsText("14:00 UTC");
    page.locator("#play").click();
    assertThat(page.locator("main")).containsText("rtx-4090@DE");
    assertThat(barriers(page)).isEmpty();
  }

  @Test
  void aMonthThatIsNoneIsNamed() {
    assertThat(server().get("/map?month=13").body()).contains("month must be 1 to 12");
  }
}
