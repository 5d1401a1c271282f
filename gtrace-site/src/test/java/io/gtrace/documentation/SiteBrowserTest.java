package io.gtrace.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Opens the pages from the disk in an installed Chromium, as a reader without a network does;
 * skipped where there is none. No page may complain, and none may ask for anything but files.
 */
class SiteBrowserTest {
  private static final int PHONE_PX = 360;
  private static final int DESK_PX = 1280;

  private static @Nullable Playwright playwright;
  private static @Nullable Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> elsewhere = new ArrayList<>();
  private @Nullable BrowserContext context;

  @BeforeAll
  static void openBrowser() {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
    Optional<Path> installed =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(installed.isPresent(), "no Chromium on the path");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(installed.get())
                    .setArgs(List.of("--no-sandbox")));
  }

  @AfterAll
  static void closeBrowser() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @AfterEach
  void lookBack() {
    if (context != null) {
      context.close();
    }
    assertThat(complaints).as("messages of the console and faults").isEmpty();
    assertThat(elsewhere).as("requests for what is no file of the site").isEmpty();
  }

  static List<String> pages() {
    return BuiltSite.pages();
  }

  private Page open(String path) {
    return open(path, new Browser.NewContextOptions().setViewportSize(DESK_PX, 900));
  }

  private Page open(String path, Browser.NewContextOptions options) {
    if (browser == null) {
      throw new IllegalStateException("no browser");
    }
    context = browser.newContext(options);
    Page page = context.newPage();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    page.onRequest(request -> {
      if (!request.url().startsWith(BuiltSite.FOLDER.toUri().toString())) {
        elsewhere.add(request.url());
      }
    });
    page.navigate(BuiltSite.FOLDER.resolve(path).toUri().toString());
    return page;
  }

  /** What axe-core finds that is serious or worse. */
  private static List<?> barriers(Page page) throws IOException {
    try (InputStream in =
        SiteBrowserTest.class.getClassLoader().getResourceAsStream("axe.min.js")) {
      page.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<?>)
        page.evaluate(
            """
            async () => (await axe.run(document, {resultTypes: ["violations"], preload: false})).violations
              .filter(found => ["serious", "critical"].includes(found.impact))
              .map(found => `${found.id}: ${found.nodes.slice(0, 5).map(node => node.html.slice(0, 160)).join(" | ")}`)
            """);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aPageFitsAPhoneAndHasNoBarriers(String path) throws IOException {
    Page page = open(path, new Browser.NewContextOptions().setViewportSize(PHONE_PX, 800));
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("pixels outside of a phone")
        .isNotPositive();
    page.setViewportSize(DESK_PX, 900);
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("pixels outside of a desk")
        .isNotPositive();
    assertThat(page.locator(".katex-error").count()).isZero();
    assertThat(barriers(page)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"index.html", "tutorial.html", "factors.html", "rate-card.html", "cli/gate.html"})
  void darkColoursHaveNoBarriersEither(String path) throws IOException {
    Page page =
        open(
            path,
            new Browser.NewContextOptions()
                .setViewportSize(DESK_PX, 900)
                .setColorScheme(ColorScheme.DARK));
    assertThat(brightness(page)).isLessThan(60);
    assertThat(barriers(page)).isEmpty();
  }

  private static int brightness(Page page) {
    return (Integer)
        page.evaluate(
            "Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number))");
  }

  @Test
  void theReaderMayChooseTheColours() {
    Page page = open("index.html");
    assertThat(brightness(page)).isGreaterThan(200);
    page.locator("#theme").click();
    assertThat(brightness(page)).isLessThan(60);
    PlaywrightAssertions.assertThat(page.locator("#theme-name")).hasText("Light colours");
    page.reload();
    assertThat(brightness(page)).isLessThan(60);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          index.html      | embodied carbon        | method.html#embodied-carbon
          cli/gate.html   | max-sci-regression     | cli/gate.html
          ledger.html     | cached_input_tokens    | usage-files.html
          index.html      | quarantin              | usage-files.html
          faq.html        | Sustainabilty Pyramid  | pyramid.html
          """)
  void searchFindsFromTheDisk(String from, String asked, String expected) {
    Page page = open(from);
    page.keyboard().press("/");
    page.locator("#query").fill(asked);
    Locator first = page.locator("#results [role=option]").first();
    PlaywrightAssertions.assertThat(first).isVisible();
    List<?> found =
        (List<?>)
            page.evaluate(
                "[...document.querySelectorAll('#results [role=option]')].slice(0, 5).map(each => each.dataset.url.replace('../', ''))");
    assertThat(found).anyMatch(url -> url.toString().startsWith(expected));
  }

  @Test
  void searchIsUsedWithoutAMouse() throws IOException {
    Page page = open("cli/index.html");
    page.keyboard().press("Control+k");
    page.keyboard().type("revised buckets");
    Locator chosen = page.locator("#results [aria-selected=true]");
    PlaywrightAssertions.assertThat(chosen).hasCount(1);
    PlaywrightAssertions.assertThat(page.locator("#found")).containsText("place");
    assertThat(barriers(page)).isEmpty();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowUp");
    assertThat(chosen.getAttribute("id"))
        .isEqualTo(page.locator("#query").getAttribute("aria-activedescendant"));
    page.keyboard().press("Enter");
    page.waitForURL("**/ledger.html#revised-buckets");
  }

  @Test
  void whatIsNotThereIsSaidAndEscapeLeads() {
    Page page = open("index.html");
    page.locator("#find").click();
    page.locator("#query").fill("zzzzqqqq <img src=x onerror=alert(1)>");
    page.locator("#query").fill("zzzzqqqq");
    PlaywrightAssertions.assertThat(page.locator("#found")).hasText("Nothing found.");
    page.keyboard().press("Escape");
    PlaywrightAssertions.assertThat(page.locator("#search")).not().isVisible();
    PlaywrightAssertions.assertThat(page.locator("#find")).isFocused();
  }

  @Test
  void theFirstStopOfTheKeyboardLeadsToTheContent() {
    Page page = open("ledger.html");
    page.keyboard().press("Tab");
    PlaywrightAssertions.assertThat(page.locator(".skip")).isFocused();
    assertThat(page.locator(".skip").boundingBox().x).isNotNegative();
    page.keyboard().press("Enter");
    PlaywrightAssertions.assertThat(page.locator("#content")).isFocused();
  }

  @Test
  void onAPhoneTheMenuShowsAllPages() {
    Page page = open("ledger.html", new Browser.NewContextOptions().setViewportSize(PHONE_PX, 800));
    PlaywrightAssertions.assertThat(page.locator("#navigation")).not().isVisible();
    page.locator("#menu").click();
    PlaywrightAssertions.assertThat(page.locator("#navigation")).isVisible();
    PlaywrightAssertions.assertThat(page.locator("#menu")).hasAttribute("aria-expanded", "true");
    page.keyboard().press("Escape");
    PlaywrightAssertions.assertThat(page.locator("#navigation")).not().isVisible();
    page.locator("#menu").click();
    page.locator("#navigation a", new Page.LocatorOptions().setHasText("Tutorial")).click();
    page.waitForURL("**/tutorial.html");
  }

  @Test
  void everyPageCanBeReadWithoutScripts() {
    Page page = open("ledger.html", new Browser.NewContextOptions().setJavaScriptEnabled(false));
    PlaywrightAssertions.assertThat(page.locator("article h1")).isVisible();
    PlaywrightAssertions.assertThat(page.locator("#navigation")).isVisible();
    PlaywrightAssertions.assertThat(page.locator("#find")).not().isVisible();
  }

  @Test
  void paperHasTheTextAlone() {
    Page page = open("ledger.html");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    for (String chrome : List.of(".bar", "#navigation", ".toc", ".turn")) {
      PlaywrightAssertions.assertThat(page.locator(chrome)).not().isVisible();
    }
    PlaywrightAssertions.assertThat(page.locator("article h1")).isVisible();
  }
}
