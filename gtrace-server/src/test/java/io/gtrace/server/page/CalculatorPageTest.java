package io.gtrace.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CalculatorPageTest extends PageTest {
  @Test
  void theAddressToShareShowsTheSame() {
    Page page = open("/calculator");
    page.getByLabel("Model").fill("gpt-4o-mini");
    page.getByLabel("Tokens out").fill("1200");
    page.locator("#places").fill("SE, IN");
    page.getByText("Calculate").click();
    assertThat(page.locator("main")).containsText("500 tokens in and 1,200 out with gpt-4o-mini");
    String shared = page.locator("#share-link").inputValue();
    String table = page.locator("table").first().innerText();
    page.navigate(shared);
    assertThat(page.locator("table").first().innerText()).isEqualTo(table);
    assertThat(table).contains("Sweden", "India");
    assertThat(barriers(page)).isEmpty();
  }

  @Test
  void imagesVideosAndSoundHaveTheirOwnFields() {
    for (String kind : new String[] {"image", "video", "speech", "embedding"}) {
      Page page = open("/calculator?kind=" + kind);
      assertThat(page.locator(".error")).hasCount(0);
      assertThat(page.locator("#chart-places canvas")).isVisible();
      page.close();
    }
  }

  @Test
  void itWorksWithoutScripts() {
    Page page =
        open(
            "/calculator",
            new Browser.NewContextOptions().setViewportSize(800, 900).setJavaScriptEnabled(false));
    page.locator("#places").fill("rtx-4090@DE");
    page.getByLabel("Model").fill("llama-3.1-8b-instruct");
    page.getByText("Calculate").click();
    assertThat(page.locator("table").first()).containsText("rtx-4090@DE");
  }

  @Test
  void aFigureLeadsToItsSources() {
    Page page = open("/calculator?model=gpt-4o&place=FR");
    page.locator("a.why").first().click();
    assertThat(page.locator(".tree")).containsText("residual mix of grid in France");
    assertThat(page.locator("#shares ~ table")).containsText("requests that share a decode step");
    page.locator(".tree summary").nth(2).focus();
    page.keyboard().press("Enter");
    assertThat(page.locator(".tree details").nth(2)).hasAttribute("open", "");
    assertThat(barriers(page)).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidBesideWhatIsRight() {
    Page page = open("/calculator?output=many");
    assertThat(page.locator(".error"))
        .containsText("output must be a whole number from 0, not 'many'");
    assertThat(page.getByLabel("Tokens out")).hasValue("many");
  }

  @Test
  void hostileFieldsAreNothingButText() {
    String hostile = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);
    Page page =
        open("/calculator?model=" + hostile + "&place=" + hostile + "&place=FR&at=" + hostile);
    assertThat(page.locator("main img, main script").count()).isZero();
    page.navigate(
        server().request("/trace?of=job&model=" + hostile + "&place=FR").build().uri().toString());
    assertThat(page.locator("main img, main script").count()).isZero();
    assertThat(page.locator("h1").textContent()).contains(HOSTILE);
  }
}
