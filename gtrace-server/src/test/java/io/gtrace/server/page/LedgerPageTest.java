package io.gtrace.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.FilePayload;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.ledger.LedgerReprice;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LedgerPageTest extends PageTest {
  private static FilePayload file(String name, String text) {
    return new FilePayload(name, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void filesThatAreChosenGoIntoTheLedger() {
    Page page = open("/ledger");
    page.locator("#files")
        .setInputFiles(
            file(
                "usage.csv",
                """
                model,region,team,output_tokens
                gpt-4o,FR,"one, two",100
                gpt-4o,FR,"said ""no"" to it",-5
                gpt-4o,nowhere-at-all,x,5
                """));
    Locator told = page.locator("#uploads li").first();
    assertThat(told).containsText("usage.csv: ", new ContainsTextOptions().setTimeout(30_000));
    assertThat(told).containsText("refused");
    assertThat(told).containsText("output_tokens");
    assertThat(barriers(page)).isEmpty();
    page.navigate(page.url().replace("/ledger", "/explore?by=team"));
    waitFor(page, "one, two");
  }

  @Test
  void filesThatAreDroppedGoIntoTheLedger() {
    Page page = open("/ledger");
    JSHandle dropped =
        page.evaluateHandle(
            """
            () => {
              const dropped = new DataTransfer();
              for (const name of ["one.jsonl", "two.jsonl"]) {
                const line = `{"model": "gpt-4o", "region": "FR", "team": "${name}", "output_tokens": 9}`;
                dropped.items.add(new File([line], name));
              }
              return dropped;
            }
            """);
    page.dispatchEvent("#drop", "dragenter", Map.of("dataTransfer", dropped));
    assertThat(page.locator("#drop.over")).hasCount(1);
    page.dispatchEvent("#drop", "drop", Map.of("dataTransfer", dropped));
    assertThat(page.locator("#drop.over")).hasCount(0);
    for (String name : List.of("one.jsonl", "two.jsonl")) {
      Locator told = page.locator("#uploads li", new Page.LocatorOptions().setHasText(name));
      assertThat(told).containsText(": 1 taken", new ContainsTextOptions().setTimeout(30_000));
      assertThat(told.locator("progress")).hasJSProperty("value", 1);
    }
    assertThat(server().totalAfterStop().activities()).isEqualTo(2);
  }

  /** What was acknowledged is sealed a moment later. */
  private static void waitFor(Page page, String text) {
    page.waitForCondition(() -> {
      page.reload();
      return page.locator("main").textContent().contains(text);
    });
  }

  @Test
  void theSameFileCountsOnce() {
    Page page = open("/ledger");
    for (int i = 0; i < 2; i++) {
      page.locator("#files")
          .setInputFiles(
              file(
                  "calls.jsonl",
                  """
                  {"model": "gpt-4o", "region": "FR", "output_tokens": 100}
                  {"model": "gpt-4o", "region": "FR", "output_tokens": 100}
                  """));
      assertThat(page.locator("#uploads li")).hasCount(i + 1);
      assertThat(page.locator("#uploads li").first())
          .containsText(": 2 taken", new ContainsTextOptions().setTimeout(30_000));
    }
    assertThat(server().totalAfterStop().activities()).isEqualTo(2);
  }

  @Test
  void hostileFilesAreNothingButText() {
    Page page = open("/ledger");
    page.locator("#files")
        .setInputFiles(
            file(
                HOSTILE.replace('/', '_') + ".jsonl",
                "{\"a\": \"" + "<img src=x onerror=alert(1)>\"}\n{\"output_tokens\": \"<b>\"}"));
    Locator told = page.locator("#uploads li").first();
    assertThat(told).containsText("onerror");
    // The browser complains of what the server refuses, which must have come by then.
    assertThat(told)
        .not()
        .containsText("is being read", new ContainsTextOptions().setTimeout(30_000));
    assertThat(page.locator("#uploads img, #uploads b")).hasCount(0);
    forgetComplaints();
  }

  @Test
  void anUnknownModelIsNamedWithOneClick() throws Exception {
    serverWith(
        """
        {"model": "%s", "region": "FR", "output_tokens": 100}
        {"model": "acme-chat-large", "region": "FR", "output_tokens": 100}
        """
            .formatted(HOSTILE.replace("\"", "\\\"")));
    Page page = open("/ledger");
    Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("acme-chat-large"));
    row.locator("input[name=model]").fill("gpt-4o");
    row.locator("button").click();
    assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("acme-chat-large")).first())
        .containsText("gpt-4o, from the next batch on");
    Path file = Path.of(page.locator("#mappings-file").textContent());
    assertThat(FactorCatalogue.shippedWith(file).findModel("acme-chat-large"))
        .hasValueSatisfying(model -> assertThat(model.id()).isEqualTo("gpt-4o"));
    assertThat(FactorCatalogue.shippedWith(file).findModel("chatgpt-4o-latest"))
        .as("names that it had before")
        .isPresent();
    assertThat(barriers(page)).isEmpty();
    page.getByText("Price it anew").click();
    assertThat(page.locator("section[aria-labelledby=unknown] tbody tr")).hasCount(1);
    assertThat(page.getByText("Price it anew")).hasCount(0);
  }

  @Test
  void whatAModelIsHoldsAtOnceAndForLaterServers() {
    String call = "{\"model\": \"acme-chat\", \"region\": \"FR\", \"output_tokens\": 100}";
    serverWith(call);
    String wide = server().post("/v1/estimates", call).body();
    assertThat(server().post("/ledger/models", "name=acme-chat&model=gpt-4o").statusCode())
        .isEqualTo(303);
    String known = server().post("/v1/estimates", call).body();
    assertThat(known).contains("gpt-4o").isNotEqualTo(wide);
    assertThat(restarted().post("/v1/estimates", call).body()).isEqualTo(known);
    assertThat(server().post("/ledger/reprice", "").statusCode()).isEqualTo(303);
    assertThat(server().get("/ledger").body()).contains("the factors know every model");
  }

  @Test
  void onlyWhatWasPricedAnewHasABatchOfItsOwn() {
    serverWith("{\"model\": \"gpt-4o\", \"region\": \"FR\", \"output_tokens\": 100}");
    assertThat(server().post("/ledger/reprice", "").statusCode()).isEqualTo(303);
    assertThat(server().get("/ledger").body())
        .contains("Nothing to price anew")
        .doesNotContain("a batch of its own");
    assertThat(
            server()
                .post(
                    "/factors/own", "of=zone&id=FR&year=2026&tier=measured&g_per_kwh=800&source=s")
                .statusCode())
        .isEqualTo(303);
    assertThat(server().post("/ledger/reprice", "").statusCode()).isEqualTo(303);
    assertThat(server().get("/ledger").body()).contains("Priced anew", "a batch of its own");
    QueryLine total = server().totalAfterStop();
    assertThat(
            LedgerPage.words(
                new LedgerReprice.Restatement(
                    total, total, Optional.empty(), Optional.of("a roll-up is missing"))))
        .endsWith("already. Note: a roll-up is missing.");
  }

  @Test
  void onlyPagesOfThisServerNameModels() {
    serverWith("{\"model\": \"acme-chat\", \"region\": \"FR\", \"output_tokens\": 100}");
    assertThat(
            server()
                .post(
                    "/ledger/models",
                    "name=acme-chat&model=gpt-4o",
                    "Origin",
                    "http://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(server().post("/ledger/models", "name=acme-chat&model=nothing-known").body())
        .contains("there is no model 'nothing-known'");
    assertThat(server().post("/ledger/models", "name=a%7Cb&model=gpt-4o").statusCode())
        .isEqualTo(400);
  }

  @Test
  void batchesShowTheirSeals() {
    serverWith("{\"model\": \"gpt-4o\", \"region\": \"FR\", \"output_tokens\": 100}");
    Page page = open("/ledger");
    String newest = page.locator("#batches ~ p .digest").textContent();
    assertThat(page.locator("#batches ~ table tbody tr").first())
        .containsText(newest.substring(0, 19));
  }

  @Test
  void filesOfOneNameAndSizeAreTwoWhereTheBrowserHasNoDigests() {
    Page page = open("/ledger");
    page.evaluate("Object.defineProperty(crypto, 'subtle', {value: undefined})");
    for (int tokens : new int[] {100, 200}) {
      page.locator("#files")
          .setInputFiles(
              file(
                  "calls.jsonl",
                  "{\"model\": \"gpt-4o\", \"region\": \"FR\", \"output_tokens\": "
                      + tokens
                      + "}"));
      assertThat(page.locator("#uploads li").first())
          .containsText(": 1 taken", new ContainsTextOptions().setTimeout(30_000));
    }
    assertThat(page.locator("#uploads li")).hasCount(2);
    assertThat(server().totalAfterStop().activities()).isEqualTo(2);
  }

  @Test
  void modelsThatAreNamedAtOnceAreAllKept() throws Exception {
    TestServer server = server();
    try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        String form = "name=acme-" + i + "&model=gpt-4o";
        senders.execute(() -> server.post("/ledger/models", form));
      }
    }
    Path file =
        Path.of(
            server.get("/ledger").body().replaceAll("(?s).*id=\"mappings-file\">([^<]+)<.*", "$1"));
    assertThat(Files.readString(file)).contains("acme-0", "acme-1", "acme-2", "acme-3");
  }
}
