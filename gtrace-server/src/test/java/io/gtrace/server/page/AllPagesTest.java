package io.gtrace.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.Media;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every page, with hostile names in every field of the ledger. */
class AllPagesTest extends PageTest {
  private static final List<String> PAGES =
      List.of(
          "/",
          "/explore?by=team",
          "/calculator",
          "/trace?of=ledger",
          "/map",
          "/studies",
          "/pyramid",
          "/advice",
          "/factors",
          "/ledger",
          "/trace?of=job&model=gpt-4o&place=FR");

  private void fill() {
    String name = HOSTILE.replace("\"", "\\\"");
    serverWith(
        """
        {"model": "%1$s", "region": "FR", "team": "%1$s", "app": "%1$s", "user": "%1$s", "output_tokens": 9000}
        {"model": "gpt-4o", "region": "aws/eu-west-3", "team": "other", "output_tokens": 9000}
        {"model": "gpt-4o-mini", "region": "US-CA", "team": "other", "output_tokens": 9000}
        """
            .formatted(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIGHT", "DARK"})
  void nothingBarsAnybody(String scheme) {
    fill();
    for (String path : PAGES) {
      Page page =
          open(
              path,
              new Browser.NewContextOptions()
                  .setViewportSize(1280, 900)
                  .setColorScheme(ColorScheme.valueOf(scheme)));
      page.waitForLoadState(LoadState.NETWORKIDLE);
      assertThat(barriers(page)).as(path).isEmpty();
      assertThat(page.locator("h1").count()).as(path).isOne();
      assertThat(page.locator("main img, main script").count()).as(path).isZero();
      assertThat(page.locator("table:not(:has(caption))").count()).as(path).isZero();
      page.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 700, 1000, 1800})
  void nothingStandsOutOverTheEdgeOfTheScreen(int widthPx) {
    fill();
    for (String path : PAGES) {
      Page page = open(path, new Browser.NewContextOptions().setViewportSize(widthPx, 800));
      page.waitForLoadState(LoadState.NETWORKIDLE);
      requireNothingOutside(page);
      page.close();
    }
  }

  @Test
  void everyPageTellsItsPlaceAndIsReachedByKeyboard() {
    fill();
    Page page = open("/");
    int rooms = page.locator(".rail nav a").count();
    assertThat(rooms).isEqualTo(Room.values().length);
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Explore");
    page.keyboard().press("Enter");
    assertThat(page.locator(".rail a[aria-current=page]")).hasText("Explore");
  }

  @Test
  void paperHasNoNavigationAndIsWhite() {
    fill();
    Page page =
        open(
            "/",
            new Browser.NewContextOptions()
                .setViewportSize(1280, 900)
                .setColorScheme(ColorScheme.DARK));
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator(".rail")).isHidden();
    assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
  }
}
