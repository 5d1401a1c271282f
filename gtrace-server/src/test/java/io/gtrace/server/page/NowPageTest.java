package io.gtrace.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.server.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NowPageTest extends PageTest {
  private static final String CALL =
      """
      {"model": "gpt-4o", "region": "FR", "team": "search", "output_tokens": 90000}
      {"model": "claude-sonnet-4", "region": "DE", "team": "support", "output_tokens": 90000}
      """;

  @Test
  void anEmptyLedgerLeadsToTheDemoAndThatToFigures() {
    Page page = open("/");
    assertThat(page.locator("h1")).hasText("This ledger is empty");
    page.getByText("Load the demo data").click();
    assertThat(page.locator("h1")).hasText("Now");
    assertThat(page.locator("#day")).hasText("16 November 2023");
    assertThat(page.locator("main")).containsText("28,185 activities");
    assertThat(page.locator("#chart-hours canvas")).isVisible();
    assertThat(barriers(page)).isEmpty();
  }

  @Test
  void theFirstPageIsLightForABrowserThatHasNothingYet() {
    serverWith(CALL);
    Page page = open("/");
    assertThat(page.locator("#chart-hours canvas")).isVisible();
    Object bytes =
        page.evaluate(
            """
            () => ["navigation", "resource"]
              .flatMap(type => performance.getEntriesByType(type))
              .reduce((sum, entry) => sum + entry.transferSize, 0)
            """);
    assertThat(((Number) bytes).longValue()).isBetween(10_000L, 500_000L);
  }

  @Test
  void linesToCopyNameThisServer() {
    Page page = open("/");
    String origin = server().request("").build().uri().toString();
    assertThat(page.locator("#snippet-curl")).containsText("curl " + origin + "/v1/activities");
    assertThat(page.locator("#snippet-langchain4j")).containsText(origin);
    String otlp = "http://127.0.0.1:" + server().server().otlpHttpPort();
    for (String way : new String[] {"otel", "litellm", "spring-ai"}) {
      assertThat(page.locator("#snippet-" + way)).containsText(otlp);
    }
    assertThat(page.locator("main"))
        .containsText("gRPC is on port " + server().server().otlpGrpcPort());
    assertThat(barriers(page)).isEmpty();
  }

  @Test
  void whatComesIsShownWithoutLoadingThePageAnew() {
    serverWith(CALL);
    Page page = open("/");
    assertThat(page.locator("main")).containsText("2 activities");
    assertThat(page.locator("#burn")).isVisible();
    page.evaluate("window.kept = true");
    server().post("/v1/activities", CALL.replace("90000", "91000"));
    assertThat(page.locator("main"))
        .containsText(
            "4 activities", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
    assertThat(page.evaluate("window.kept")).isEqualTo(true);
  }

  @Test
  void whatWaitsIsToldThoughTheLedgerHasNotChanged(@TempDir Path folder) {
    Path ledger = folder.resolve("ledger");
    try (TestServer server = TestServer.on(ledger)) {
      assertThat(server.get("/").body()).doesNotContain("Activities have arrived");
      try (LedgerWriter held = Ledger.open(ledger).writer(Duration.ZERO, Clock.systemUTC())) {
        server.post("/v1/activities", CALL);
        assertThat(server.get("/").body()).contains("Activities have arrived");
        assertThat(held.snapshot().events()).isZero();
      }
    }
  }

  @Test
  void aLedgerThatWasEmptyComesToLifeByItself() {
    Page page = open("/");
    server().post("/v1/activities", CALL);
    assertThat(page.locator("h1"))
        .hasText("Now", new LocatorAssertions.HasTextOptions().setTimeout(30_000));
  }

  @Test
  void namesAreNothingButText() {
    serverWith(hostileCall());
    Page page = open("/");
    assertThat(page.locator("main img, main script").count()).isZero();
    assertThat(page.locator("main").textContent()).contains(HOSTILE);
    assertThat(barriers(page)).isEmpty();
  }

  private static String hostileCall() {
    String name = HOSTILE.replace("\"", "\\\"");
    return """
    {"model": "%1$s", "region": "FR", "team": "%1$s", "app": "%1$s", "output_tokens": 9000}
    {"model": "gpt-4o", "region": "FR", "team": "other", "output_tokens": 9000}
    """
        .formatted(name);
  }

  @Test
  void pagesOfOthersCannotLoadTheDemo() {
    assertThat(
            server()
                .post("/demo", "", "Origin", "http://evil.example", "Sec-Fetch-Site", "cross-site")
                .statusCode())
        .isEqualTo(403);
    assertThat(server().get("/v1/footprints").body()).contains("\"activities\":0");
  }

  @Test
  void aLedgerInUseIsNotSpoiltByDemoData() {
    serverWith(CALL);
    assertThat(server().post("/demo", "").statusCode()).isEqualTo(409);
  }

  @Test
  void filesOfPagesMayBeKeptForEver() {
    String html = server().get("/").body();
    String style = html.replaceAll("(?s).*href=\"(/static/[0-9a-f]+/report.css)\".*", "$1");
    HttpResponse<String> answer = server().get(style);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    assertThat(server().get(style.replaceFirst("[0-9a-f]{16}", "0000000000000000")).statusCode())
        .isEqualTo(404);
    assertThat(server().get("/static/x/..%2f..%2fServer.class").statusCode()).isEqualTo(404);
  }

  @Test
  void aPageAllowsNoScriptOfItsOwn() {
    HttpResponse<String> answer = server().get("/");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(answer.body()).doesNotContain("style=\"").doesNotContain("<style");
  }

  @Test
  void theFirstTabStopLeadsToTheContent() {
    Page page = open("/");
    page.keyboard().press("Tab");
    assertThat(page.evaluate("document.activeElement.textContent"))
        .isEqualTo("Skip to the content");
    page.keyboard().press("Enter");
    page.waitForURL("**#content");
  }
}
