package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Opens pages in an installed Chromium and hears what they complain about and ask for. */
abstract class BrowserTest {
  private static @Nullable Chromium chromium;

  @TempDir private Path folder = Path.of("");
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private @Nullable BrowserContext context;

  @BeforeAll
  static void openBrowser() {
    chromium = Chromium.installed();
  }

  @AfterAll
  static void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void closePage() {
    if (context != null) {
      context.close();
    }
  }

  static Browser.NewContextOptions sized(int widthPx) {
    return new Browser.NewContextOptions().setViewportSize(widthPx, 900);
  }

  /** Opens a page from a file. */
  final Page open(String html, Browser.NewContextOptions options) {
    if (chromium == null) {
      throw new IllegalStateException("no browser");
    }
    context = chromium.browser().newContext(options);
    Page page = context.newPage();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    page.onDialog(dialog -> {
      complaints.add("dialog: " + dialog.message());
      dialog.dismiss();
    });
    page.onRequest(request -> requests.add(request.url()));
    try {
      page.navigate(Files.writeString(folder.resolve("page.html"), html).toUri().toString());
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
    return page;
  }

  /** Messages, errors and dialogs of the pages. */
  final List<String> complaints() {
    return complaints;
  }

  /** What the pages loaded. */
  final List<String> requests() {
    return requests;
  }

  /**
   * Every table of a page has a name, every heading cell says what it heads, and there is one
   * title.
   */
  static void requireNamedTables(Page page, int tables) {
    assertThat(page.locator("table").count()).isEqualTo(tables);
    assertThat(page.locator("table:not(:has(caption))").count()).isZero();
    assertThat(page.locator("th:not([scope])").count()).isZero();
    assertThat(page.locator("h1").count()).isOne();
  }

  /** The first stop of the tabulator key leads past the head of a page. */
  static void requireSkipToCharts(Page page) {
    page.keyboard().press("Tab");
    assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Skip to the charts");
    assertThat(page.locator(".skip").boundingBox().y).isNotNegative();
    page.keyboard().press("Enter");
    page.waitForURL("**#content");
  }
}
