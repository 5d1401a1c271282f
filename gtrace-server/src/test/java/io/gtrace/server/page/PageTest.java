package io.gtrace.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.gtrace.server.TestServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens pages of a real server in an installed Chromium, and hears what they complain about and ask
 * for; skipped where there is none. After every test nothing may have been complained about,
 * nothing asked of another server, and no page may have lied outside of its window.
 */
abstract class PageTest {
  /** Names as an attacker would choose them. */
  static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'`${7*7}";

  private static final String AXE = "axe.min.js";

  private static @Nullable Playwright playwright;
  private static @Nullable Browser browser;

  @TempDir private Path folder = Path.of("");
  private final List<String> complaints = new ArrayList<>();
  private final List<String> elsewhere = new ArrayList<>();
  private @Nullable TestServer server;
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
  void endAndLookBack() {
    if (context != null) {
      context.close();
    }
    if (server != null) {
      server.close();
    }
    assertThat(complaints).as("messages of the console, faults and dialogs").isEmpty();
    assertThat(elsewhere).as("requests to other servers").isEmpty();
  }

  /** A server with an empty ledger; the same at every call. */
  final TestServer server() {
    if (server == null) {
      server = TestServer.on(folder.resolve("ledger"));
    }
    return server;
  }

  /** Another server with the ledger of the last one. */
  final TestServer restarted() {
    server().close();
    server = null;
    return server();
  }

  /** A server whose ledger holds these activities. */
  final TestServer serverWith(String activities) {
    try (TestServer filling = TestServer.on(folder.resolve("ledger"))) {
      assertThat(filling.post("/v1/activities", activities).statusCode()).isEqualTo(202);
    }
    return server();
  }

  final Page open(String path) {
    return open(path, new Browser.NewContextOptions().setViewportSize(1280, 900));
  }

  final Page open(String path, Browser.NewContextOptions options) {
    if (context == null) {
      if (browser == null) {
        throw new IllegalStateException("no browser");
      }
      context = browser.newContext(options);
    }
    Page page = context.newPage();
    String origin = server().request("").build().uri().toString();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    page.onDialog(dialog -> {
      complaints.add("dialog: " + dialog.message());
      dialog.dismiss();
    });
    page.onRequest(request -> {
      if (!request.url().startsWith(origin + "/") && !request.url().startsWith("blob:")) {
        elsewhere.add(request.url());
      }
    });
    page.navigate(origin + path);
    return page;
  }

  /** What the browser complains about is expected here. */
  final void forgetComplaints() {
    complaints.clear();
  }

  /** What axe-core finds that is serious or worse. */
  static List<?> barriers(Page page) {
    page.evaluate(axe());
    return (List<?>)
        page.evaluate(
            """
            async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
              .filter(found => ["serious", "critical"].includes(found.impact))
              .map(found => `${found.id}: ${found.nodes.map(node => node.html.slice(0, 160)).join(" | ")}`)
            """);
  }

  private static String axe() {
    try (InputStream in = PageTest.class.getClassLoader().getResourceAsStream(AXE)) {
      if (in == null) {
        throw new IllegalStateException("axe-core is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static void requireNothingOutside(Page page) {
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("pixels outside of the window of %s", page.url())
        .isNotPositive();
  }
}
