package io.gtrace.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.server.ServerOptions;
import io.gtrace.server.TestServer;
import io.gtrace.server.access.Scope;
import io.gtrace.server.token.ApiToken;
import io.gtrace.server.token.TokenFile;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.ObjectMapper;

class FactorsPageTest extends PageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CALL =
      "{\"model\": \"gpt-4o\", \"region\": \"FR\", \"output_tokens\": 100}";
  private static final String OF_FRANCE = "of=zone&id=FR&year=2026&tier=measured";

  @TempDir private Path folder = Path.of("");

  @Test
  void aModelIsFoundByItsWordsAndEstimated() {
    Page page = open("/factors");
    page.getByLabel("Words").fill("llama 70b 3.3");
    page.getByText("Search").click();
    assertThat(page.locator("tbody tr").first()).containsText("llama-3.3-70b-instruct");
    page.getByText("Estimate").first().click();
    page.waitForURL("**/calculator?kind=text&model=llama-3.3-70b-instruct*");
    assertThat(page.locator("main")).containsText("with llama-3.3-70b-instruct");
  }

  @Test
  void everyKindHasItsSources() {
    for (FactorsPage.Kind kind : FactorsPage.Kind.values()) {
      Page page = open("/factors?kind=" + kind.field());
      assertThat(page.locator("th", new Page.LocatorOptions().setHasText("Source"))).hasCount(1);
      assertThat(page.locator("tbody tr")).hasCount(40);
      assertThat(barriers(page)).isEmpty();
      page.getByText("Next").click();
      assertThat(page.locator("caption")).containsText(" 41 to ");
      page.close();
    }
  }

  @Test
  void onlyWhatAUserLaidOverIsOwn() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("factors.yaml"),
            """
            models:
              - id: gpt-4o
                aliases: [our-chat]
            grid_intensities:
              - zone: FR
                year: 2030
                quantity: average-lifecycle
                g_per_kwh: 41
                tier: measured
                source: our supplier
                licence: own
            """);
    FactorCatalogue catalogue = FactorCatalogue.shippedWith(file);
    OwnFactors own = OwnFactors.beside(FactorCatalogue.shipped());
    assertThat(catalogue.models().stream().filter(own::isOwn).map(model -> model.id()))
        .containsExactly("gpt-4o");
    assertThat(own.isOwnZone(catalogue, catalogue.zone("FR", Fallback.REFUSE))).isTrue();
    assertThat(own.isOwnZone(catalogue, catalogue.zone("DE", Fallback.REFUSE))).isFalse();
    assertThat(catalogue.regions()).noneMatch(own::isOwn);
    assertThat(catalogue.accelerators()).noneMatch(own::isOwn);
    assertThat(catalogue.assumptions()).noneMatch(own::isOwn);
  }

  private double estimatedKg() {
    return JSON.readTree(server().post("/v1/estimates", CALL).body())
        .at("/carbon/operationalLocationBasedKg/median")
        .doubleValue();
  }

  @Test
  void aValueOfOnesOwnHoldsAtOnceAndForLaterServersUntilItIsTakenBack() throws IOException {
    serverWith(CALL);
    double shipped = estimatedKg();
    assertThat(server().get("/factors").body()).doesNotContain("Price it anew");
    String form = OF_FRANCE + "&g_per_kwh=800&source=" + encoded("statement of our supplier");
    assertThat(server().post("/factors/own", form).statusCode()).isEqualTo(303);
    double own = estimatedKg();
    assertThat(own).isGreaterThan(5 * shipped);
    assertThat(Files.readString(audit()))
        .contains("own value of zone FR 2026", "800", "statement of our supplier");
    restarted();
    assertThat(estimatedKg()).isEqualTo(own);
    String page = server().get("/factors").body();
    assertThat(page).contains("statement of our supplier", "Price it anew");
    Path file = Path.of(page.replaceAll("(?s).*id=\"own-file\">([^<]+)<.*", "$1"));
    assertThat(FactorCatalogue.shippedWith(file).factorSet())
        .isNotEqualTo(FactorCatalogue.shipped().factorSet());
    assertThat(server().post("/ledger/reprice", "").statusCode()).isEqualTo(303);
    assertThat(server().get("/factors").body()).doesNotContain("Price it anew");
    assertThat(server().get("/ledger").body()).contains("Priced anew: the carbon", "reprice");
    // A later word of the same year takes the place of the earlier one.
    assertThat(server().post("/factors/own", form.replace("=800", "=400")).statusCode())
        .isEqualTo(303);
    assertThat(estimatedKg()).isBetween(own * 0.49, own * 0.51);
    assertThat(server().post("/factors/forget", "of=zone&subject=FR%202026").statusCode())
        .isEqualTo(303);
    assertThat(estimatedKg()).isEqualTo(shipped);
    assertThat(server().get("/factors").body()).doesNotContain("statement of our supplier");
    assertThat(restarted().get("/factors").statusCode()).isEqualTo(200);
    assertThat(estimatedKg()).isEqualTo(shipped);
  }

  private Path audit() {
    return Path.of(
            server().get("/factors").body().replaceAll("(?s).*id=\"own-file\">([^<]+)<.*", "$1"))
        .resolveSibling("audit.jsonl");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "of=region&id=aws/eu-west-3&year=2026&pue=1.05&wue_l_per_kwh=0.1",
        "of=model&id=gpt-4o&year=2026&tier=disclosed&total_params_b_low=90&total_params_b_high=110",
        "of=constant&id=serving-batch&year=2026&tier=measured&median=64&low=40&high=96"
      })
  void everyKindOfFactorTakesAValue(String form) {
    String before = server().get("/v1/factors").body();
    assertThat(server().post("/factors/own", form + "&source=ours").statusCode()).isEqualTo(303);
    assertThat(server().get("/factors").body()).contains("ours");
    assertThat(server().get("/v1/factors").body()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "of=zone&id=FR&year=2026&tier=measured&g_per_kwh=800 | no value without a source",
        "of=zone&id=FR&year=2026&tier=measured&source=s | at least one value",
        "of=zone&id=FR&year=2026&tier=measured&g_per_kwh=0&source=s | above 0 and below",
        "of=zone&id=FR&year=2026&tier=measured&g_per_kwh=2000&source=s | below 2000",
        "of=zone&id=FR&year=2026&tier=measured&g_per_kwh=much&source=s | must be a number",
        "of=zone&id=FR&year=26&tier=measured&g_per_kwh=1&source=s | year must be",
        "of=zone&id=FR&year=2026&tier=guessed&g_per_kwh=1&source=s | how well it is known",
        "of=zone&id=Atlantis&year=2026&tier=measured&g_per_kwh=1&source=s | there is no zone",
        "of=region&id=aws/eu-west-3&year=2026&pue=0.9&source=s | PUE must be 1 to 5",
        "of=place&id=FR&year=2026&g_per_kwh=1&source=s | region, zone, model or constant",
        "of=constant&id=serving-batch&year=2026&tier=measured&median=64&low=96&high=40&source=s"
            + " | own factors",
        "of=constant&id=grid-water-log-sd&year=2026&tier=measured&median=50&low=50&high=50&source=s"
            + " | must be 0 to 10"
      })
  void whatCannotBeTakenIsExplainedAndChangesNothing(String form, String told) {
    String before = server().get("/v1/factors").body();
    HttpResponse<String> answer = server().post("/factors/own", form);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(told);
    assertThat(server().get("/v1/factors").body()).isEqualTo(before);
  }

  @Test
  void whatCannotBeForgottenIsExplained() {
    HttpResponse<String> answer = server().post("/factors/forget", "of=zone&subject=FR%202026");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("<h1>That value cannot be forgotten</h1>", "there is no own value of the zone");
  }

  @ParameterizedTest
  @CsvSource({"READ,,403", "ADMIN,search,403", "ADMIN,,303"})
  void onlyWhoMayChangeFactorsForAllGivesValues(
      Scope scope, @Nullable String team, int status, @TempDir Path own) {
    Path ledger = own.resolve("ledger");
    String token =
        TokenFile.of(Ledger.openOrCreate(ledger).folder())
            .create(
                new ApiToken.Grant(
                    "ada",
                    ServerOptions.ONLY_ORGANISATION,
                    Optional.ofNullable(team),
                    EnumSet.of(Scope.READ, scope),
                    Optional.empty()),
                new SecureRandom(),
                Instant.now())
            .secret();
    String[] shown = {"Authorization", "Bearer " + token};
    try (TestServer server = TestServer.on(ledger)) {
      assertThat(
              server.post("/factors/own", OF_FRANCE + "&g_per_kwh=1&source=s", shown).statusCode())
          .isEqualTo(status);
      String page = server.send(server.request("/factors").headers(shown).GET().build()).body();
      assertThat(page.contains(">Give<")).isEqualTo(status == 303);
    }
  }

  @Test
  void aValueLeavesTheOthersOfItsFactorAndTheirSources() {
    String region = "of=region&id=aws/eu-west-3&year=2026";
    for (String said : List.of("&pue=1.9&source=old", "&wue_l_per_kwh=0.3&source=water")) {
      assertThat(server().post("/factors/own", region + said).statusCode()).isEqualTo(303);
    }
    assertThat(server().post("/factors/own", region + "&pue=1.07&source=meters").statusCode())
        .isEqualTo(303);
    String page = server().get("/factors?kind=places&q=aws/eu-west-3").body();
    assertThat(page)
        .contains("WUE, L/kWh: water; PUE: meters; the rest: ", "PUE: 1.07", "WUE, L/kWh: 0.3")
        .doesNotContain("PUE: old", "PUE: 1.9");
    String own = server().get("/factors").body();
    assertThat(own).contains("old", "meters").containsOnlyOnce(">Forget</button>");
    server().post("/factors/forget", "of=region&subject=aws/eu-west-3");
    assertThat(server().get("/factors?kind=places&q=aws/eu-west-3").body())
        .doesNotContain("meters", "water;");
    assertThat(server().get("/factors").body()).doesNotContain(">Forget</button>");
  }

  @Test
  void onlyPagesOfThisServerGiveValues() {
    assertThat(
            server()
                .post(
                    "/factors/own",
                    OF_FRANCE + "&g_per_kwh=1&source=s",
                    "Origin",
                    "http://evil.example")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void aValueIsGivenAndTakenBackOnThePage() {
    Page page = open("/factors?kind=places&q=aws/eu-west-3");
    page.getByText("Give", new Page.GetByTextOptions().setExact(true)).first().click();
    page.getByLabel("PUE").fill("1.07");
    page.getByLabel("Source").fill(HOSTILE);
    assertThat(barriers(page)).isEmpty();
    page.getByText("Price by it").click();
    assertThat(page.locator("section[aria-labelledby=own] tbody tr"))
        .containsText(new String[] {"PUE: 1.07"});
    assertThat(page.locator("section[aria-labelledby=own]")).containsText("onerror=alert(1)");
    assertThat(barriers(page)).isEmpty();
    page.getByText("Forget").click();
    assertThat(page.locator("section[aria-labelledby=own]")).hasCount(0);
  }
}
