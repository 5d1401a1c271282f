package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.server.access.Scope;
import io.gtrace.server.token.ApiToken;
import io.gtrace.server.token.TokenFile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts to cross from one organisation or team into another. */
class OrganisationsTest {
  private static final String CALL =
      """
      {"model": "gpt-4o", "region": "FR", "team": "ads", "input_tokens": 100, "output_tokens": 50}
      """;

  @TempDir private Path folder;

  private Map<String, Path> ledgers() {
    Map<String, Path> ledgers = new LinkedHashMap<>();
    ledgers.put("a", folder.resolve("a"));
    ledgers.put("b", folder.resolve("b"));
    return ledgers;
  }

  private String token(String organisation, Optional<String> team) {
    return TokenFile.of(Ledger.openOrCreate(folder.resolve("a")).folder())
        .create(
            new ApiToken.Grant(
                organisation + team.orElse(""),
                organisation,
                team,
                Set.of(Scope.values()),
                Optional.empty()),
            new SecureRandom(),
            Instant.now())
        .secret();
  }

  private static int post(TestServer server, String path, String token, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Authorization";
    all[1] = "Bearer " + token;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return server.post(path, CALL, all).statusCode();
  }

  private long activities(String organisation) {
    try (LedgerQuery query = open(organisation)) {
      return query.total(Period.ALL).activities();
    }
  }

  private LedgerQuery open(String organisation) {
    return LedgerQuery.open(Ledger.open(folder.resolve(organisation)).snapshot(), Pricing.CURRENT);
  }

  @Test
  void whatATokenSendsIsOfItsOrganisationWhateverElseTheRequestSays() {
    String ofB = token("b", Optional.empty());
    try (TestServer server = TestServer.on(ledgers(), AccessOptions.LOCAL)) {
      assertThat(post(server, "/v1/activities", ofB)).isEqualTo(202);
      assertThat(post(server, "/v1/activities?organisation=a", ofB)).isEqualTo(400);
      assertThat(post(server, "/v1/activities", ofB, "X-Organisation", "a")).isEqualTo(202);
    }
    assertThat(activities("a")).isZero();
    assertThat(activities("b")).isEqualTo(2);
  }

  @Test
  void theSameKeyOfTwoOrganisationsIsOfTwoDeliveries() {
    String ofA = token("a", Optional.empty());
    String ofB = token("b", Optional.empty());
    try (TestServer server = TestServer.on(ledgers(), AccessOptions.LOCAL)) {
      assertThat(post(server, "/v1/activities", ofA, "Idempotency-Key", "k")).isEqualTo(202);
      assertThat(post(server, "/v1/activities", ofB, "Idempotency-Key", "k")).isEqualTo(202);
    }
    assertThat(activities("a")).isEqualTo(1);
    assertThat(activities("b")).isEqualTo(1);
  }

  @Test
  void anOrganisationThatIsNotKeptIsNone() {
    String ofC = token("c", Optional.empty());
    String path = token("../a", Optional.empty());
    try (TestServer server = TestServer.on(ledgers(), AccessOptions.LOCAL)) {
      assertThat(post(server, "/v1/activities", ofC)).isEqualTo(403);
      assertThat(post(server, "/v1/activities", path)).isEqualTo(403);
    }
    assertThat(activities("a")).isZero();
    assertThat(activities("b")).isZero();
  }

  @Test
  void whatATokenOfATeamSendsIsOfThatTeam() {
    String search = token("b", Optional.of("search"));
    try (TestServer server = TestServer.on(ledgers(), AccessOptions.LOCAL)) {
      assertThat(post(server, "/v1/activities", search)).isEqualTo(202);
    }
    try (LedgerQuery query = open("b")) {
      assertThat(query.by(List.of(GroupBy.TEAM), Period.ALL))
          .singleElement()
          .satisfies(line -> assertThat(line.toString()).contains("search").doesNotContain("ads"));
    }
  }

  @Test
  void aTokenOfATeamAsksForNoOther() {
    String all = token("b", Optional.empty());
    String search = token("b", Optional.of("search"));
    try (TestServer server = TestServer.on(ledgers(), AccessOptions.LOCAL)) {
      assertThat(status(server, "/v1/footprints", search)).isEqualTo(200);
      assertThat(status(server, "/v1/footprints?team=search", search)).isEqualTo(200);
      assertThat(status(server, "/v1/footprints?team=ads", search)).isEqualTo(403);
      assertThat(status(server, "/v1/footprints?team=", search)).isEqualTo(403);
      assertThat(status(server, "/v1/footprints?team=ads", all)).isEqualTo(200);
    }
  }

  private static int status(TestServer server, String path, String token) {
    return server
        .send(server.request(path).header("Authorization", "Bearer " + token).build())
        .statusCode();
  }

  @Test
  void twoOrganisationsDoNotShareALedger() {
    Map<String, Path> shared = new LinkedHashMap<>();
    shared.put("a", folder.resolve("a"));
    shared.put("b", folder.resolve("a"));
    assertThatThrownBy(() -> TestServer.on(shared, AccessOptions.LOCAL))
        .isInstanceOf(LedgerException.class);
    try (TestServer server = TestServer.on(ledgers(), AccessOptions.LOCAL)) {
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void pathsLeadNowhereElse() {
    try (TestServer server = TestServer.on(ledgers(), AccessOptions.LOCAL)) {
      for (String path :
          List.of(
              "/../b/HEAD",
              "/%2e%2e/b/HEAD",
              "/..%2fb/HEAD",
              "/login/../../etc/passwd",
              "//etc/passwd",
              "/login.css/../login.html",
              "/\\..\\b")) {
        assertThat(server.raw("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n"))
            .as(path)
            .containsPattern(" 4\\d\\d ");
      }
    }
  }

  @Test
  void whoIsRefusedAndWhatIsSentIsWrittenDownWithoutTheToken() throws IOException {
    String ofB = token("b", Optional.empty());
    try (TestServer server = TestServer.on(ledgers(), AccessOptions.LOCAL)) {
      assertThat(post(server, "/v1/activities", ofB)).isEqualTo(202);
      HttpResponse<String> refused =
          server.post("/v1/activities", CALL, "Authorization", "Bearer nonsense-token");
      assertThat(refused.statusCode()).isEqualTo(401);
    }
    String logOfA = Files.readString(folder.resolve("a/server/audit.jsonl"));
    assertThat(logOfA)
        .contains("\"nobody\"", "POST /v1/activities", "127.0.0.1", "\"401\"")
        .doesNotContain("nonsense-token");
    String logOfB = Files.readString(folder.resolve("b/server/audit.jsonl"));
    assertThat(logOfB)
        .contains("\"who\":\"b\"", "\"what\":\"ingest\"", "\"accepted\":1")
        .doesNotContain(ofB, "nobody");
  }
}
