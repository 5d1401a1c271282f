package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.server.access.Scope;
import io.gtrace.server.oidc.LocalIssuer;
import io.gtrace.server.oidc.OidcOptions;
import io.gtrace.server.token.ApiToken;
import io.gtrace.server.token.TokenFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private static final String CALL =
      """
      {"model": "gpt-4o", "region": "FR", "team": "ads", "input_tokens": 100, "output_tokens": 50}
      """;

  @TempDir private Path folder;

  private Path ledger() {
    return folder.resolve("ledger");
  }

  private String token(String name, Optional<Instant> expires, Scope... scopes) {
    return TokenFile.of(Ledger.openOrCreate(ledger()).folder())
        .create(
            new ApiToken.Grant(
                name, ServerOptions.ONLY_ORGANISATION, Optional.empty(), Set.of(scopes), expires),
            new SecureRandom(),
            Instant.now())
        .secret();
  }

  private static AccessOptions options(boolean isPublic, Optional<OidcOptions> oidc) {
    return new AccessOptions(isPublic, oidc, Set.of(), Optional.empty(), OptionalDouble.empty());
  }

  private static int send(TestServer server, String token) {
    return server.post("/v1/activities", CALL, "Authorization", "Bearer " + token).statusCode();
  }

  @Test
  void fromTheFirstTokenOnEverybodyNeedsOne() {
    try (TestServer server = TestServer.on(ledger())) {
      assertThat(server.post("/v1/activities", CALL).statusCode()).isEqualTo(202);
      String token = token("ci", Optional.empty(), Scope.INGEST);
      HttpResponse<String> refused = server.post("/v1/activities", CALL);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate"))
          .hasValue("Bearer realm=\"gtrace\"");
      assertThat(send(server, token)).isEqualTo(202);
    }
  }

  @Test
  void aRevokedTokenIsRefusedByTheRunningServer() {
    String token = token("ci", Optional.empty(), Scope.INGEST);
    try (TestServer server = TestServer.on(ledger())) {
      assertThat(send(server, token)).isEqualTo(202);
      TokenFile.of(ledger()).revoke("ci");
      assertThat(send(server, token)).isEqualTo(401);
      assertThat(server.post("/v1/activities", CALL).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void whoeverDeletesTheTokensOfARunningServerOpensNothing() throws IOException {
    String token = token("ci", Optional.empty(), Scope.INGEST);
    try (TestServer server = TestServer.on(ledger())) {
      assertThat(send(server, token)).isEqualTo(202);
      Files.delete(TokenFile.of(ledger()).path());
      assertThat(send(server, token)).isEqualTo(401);
      assertThat(server.post("/v1/activities", CALL).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void whereTheTokensCannotBeReadNobodyIsLetIn() throws IOException {
    String token = token("ci", Optional.empty(), Scope.INGEST);
    try (TestServer server = TestServer.on(ledger())) {
      Files.writeString(TokenFile.of(ledger()).path(), "{");
      assertThat(send(server, token)).isEqualTo(503);
      assertThat(server.post("/v1/activities", CALL).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void anExpiredTokenOpensNothing() {
    String token = token("ci", Optional.of(Instant.EPOCH), Scope.INGEST);
    try (TestServer server = TestServer.on(ledger())) {
      assertThat(send(server, token)).isEqualTo(401);
    }
  }

  @Test
  void aTokenDoesWhatItsScopesSay() {
    String token = token("reader", Optional.empty(), Scope.READ, Scope.STUDY, Scope.ADMIN);
    try (TestServer server = TestServer.on(ledger())) {
      HttpResponse<String> refused =
          server.post("/v1/activities", CALL, "Authorization", "Bearer " + token);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("'ingest'").doesNotContain(token);
    }
  }

  @Test
  void metricsAndStudiesAreForThoseWhoMayRead() {
    String sender = token("ci", Optional.empty(), Scope.INGEST);
    String reader = token("ada", Optional.empty(), Scope.READ);
    try (TestServer server = TestServer.on(ledger())) {
      for (String path : List.of("/metrics", "/studies", "/v1/studies")) {
        assertThat(statusOf(server, path, sender)).as(path).isEqualTo(403);
        assertThat(statusOf(server, path, reader)).as(path).isEqualTo(200);
      }
      assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
      assertThat(server.get("/v1/studies").statusCode()).isEqualTo(401);
    }
  }

  private static int statusOf(TestServer server, String path, String token) {
    return server
        .send(server.request(path).header("Authorization", "Bearer " + token).build())
        .statusCode();
  }

  @Test
  void aTokenIsRightWholeOrNotAtAll() {
    String token = token("ci", Optional.empty(), Scope.INGEST);
    try (TestServer server = TestServer.on(ledger())) {
      String other = token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
      assertThat(send(server, other)).isEqualTo(401);
      assertThat(send(server, token.substring(0, token.length() - 1))).isEqualTo(401);
      assertThat(send(server, token + "A")).isEqualTo(401);
      assertThat(send(server, token.substring(0, 19))).isEqualTo(401);
      assertThat(send(server, "gtrace_000000000000_" + token.substring(20))).isEqualTo(401);
      assertThat(send(server, "")).isEqualTo(401);
      assertThat(
              server.post("/v1/activities", CALL, "Authorization", "Basic " + token).statusCode())
          .isEqualTo(401);
      assertThat(
              server.post("/v1/activities", CALL, "Authorization", "bearer  " + token).statusCode())
          .isEqualTo(202);
    }
  }

  @Test
  void publicMeansFiguresAndNothingElse() {
    AccessOptions open = options(true, Optional.empty());
    try (TestServer server = TestServer.on(ledger(), open)) {
      assertThat(server.post("/v1/activities", CALL).statusCode()).isEqualTo(403);
      String token = token("ci", Optional.empty(), Scope.INGEST);
      assertThat(send(server, token)).isEqualTo(202);
      assertThat(server.post("/v1/activities", CALL).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aServerForOtherMachinesDoesNotStartUntilSomethingSaysWhoMayCall() throws IOException {
    ServerOptions everywhere =
        new ServerOptions(
            InetAddress.getByName("0.0.0.0"),
            0,
            0,
            0,
            Map.of(ServerOptions.ONLY_ORGANISATION, ledger()),
            Duration.ofMillis(50),
            AccessOptions.LOCAL);
    assertThatThrownBy(() -> start(everywhere))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gtrace token create")
        .hasMessageContaining("--public");
    String token = token("ci", Optional.empty(), Scope.INGEST);
    try (Server server = start(everywhere)) {
      assertThat(server.port()).isPositive();
    }
    TokenFile.of(ledger()).revoke("ci");
    assertThatThrownBy(() -> start(everywhere)).isInstanceOf(IllegalArgumentException.class);
    assertThat(token).isNotEmpty();
  }

  private static Server start(ServerOptions options) {
    return Server.start(options, TestServer.ratecard(), Clock.systemUTC(), "test");
  }

  @Test
  void aSignedTokenOfTheIssuerOpensWhatItsScopesSay() {
    try (LocalIssuer issuer = new LocalIssuer()) {
      AccessOptions oidc = options(false, Optional.of(issuer.options()));
      try (TestServer server = TestServer.on(ledger(), oidc)) {
        assertThat(server.post("/v1/activities", CALL).statusCode()).isEqualTo(401);
        assertThat(send(server, issuer.sign(issuer.claims().build()))).isEqualTo(202);
        assertThat(send(server, issuer.sign(issuer.claims().claim("scope", "read").build())))
            .isEqualTo(403);
        assertThat(send(server, issuer.sign(issuer.claims().audience("other").build())))
            .isEqualTo(401);
      }
    }
  }

  @Test
  void whileTheIssuerCannotBeAskedTheAnswerIsToComeAgain() {
    LocalIssuer issuer = new LocalIssuer();
    String signed = issuer.sign(issuer.claims().build());
    AccessOptions oidc = options(false, Optional.of(issuer.options()));
    issuer.close();
    try (TestServer server = TestServer.on(ledger(), oidc)) {
      HttpResponse<String> answer =
          server.post("/v1/activities", CALL, "Authorization", "Bearer " + signed);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(send(server, token("ci", Optional.empty(), Scope.INGEST))).isEqualTo(202);
    }
  }

  private String tokenOfTeam(String team, Scope... scopes) {
    return TokenFile.of(Ledger.openOrCreate(ledger()).folder())
        .create(
            new ApiToken.Grant(
                team,
                ServerOptions.ONLY_ORGANISATION,
                Optional.of(team),
                Set.of(scopes),
                Optional.empty()),
            new SecureRandom(),
            Instant.now())
        .secret();
  }

  private static HttpResponse<String> get(TestServer server, String path, String token) {
    return server.send(
        server.request(path).header("Authorization", "Bearer " + token).GET().build());
  }

  @Test
  void aKeyIsOfItsSenderAlone() {
    String one = token("one", Optional.empty(), Scope.INGEST);
    String two = token("two", Optional.empty(), Scope.INGEST);
    try (TestServer server = TestServer.on(ledger())) {
      for (String token : List.of(one, two, one)) {
        assertThat(
                server
                    .post(
                        "/v1/activities",
                        CALL,
                        "Authorization",
                        "Bearer " + token,
                        "Idempotency-Key",
                        "1")
                    .statusCode())
            .isEqualTo(202);
      }
      assertThat(server.totalAfterStop().activities()).isEqualTo(2);
    }
  }

  @Test
  void howALedgerIsKeptIsForThoseWhoSeeAllOfIt() {
    String team = tokenOfTeam("search", Scope.READ);
    String whole = token("whole", Optional.empty(), Scope.READ, Scope.INGEST);
    try (TestServer server = TestServer.on(ledger(), options(true, Optional.empty()))) {
      send(server, whole);
    }
    try (TestServer server = TestServer.on(ledger(), options(true, Optional.empty()))) {
      for (String path : List.of("/v1/ledger", "/v1/ledger/batches", "/v1/ledger/quarantine")) {
        assertThat(server.get(path).statusCode()).as("%s by anybody", path).isEqualTo(403);
        assertThat(get(server, path, team).statusCode()).as("%s by a team", path).isEqualTo(403);
        assertThat(get(server, path, whole).statusCode()).as(path).isEqualTo(200);
      }
      assertThat(get(server, "/metrics", whole).body())
          .contains("gtrace_carbon_kilograms", "gtrace_journal_bytes", "gtrace_http_requests");
      for (HttpResponse<String> metrics :
          List.of(server.get("/metrics"), get(server, "/metrics", team))) {
        assertThat(metrics.body())
            .contains("gtrace_carbon_kilograms")
            .doesNotContain("journal", "refused", "http_requests", "heap", "batches");
      }
      assertThat(server.get("/v1/footprints").statusCode()).isEqualTo(200);
      assertThat(get(server, "/ledger", whole).body()).contains("Newest seal");
      for (HttpResponse<String> page :
          List.of(
              server.get("/ledger"),
              get(server, "/ledger", team),
              server.get("/advice"),
              server.get("/pyramid"))) {
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
            .doesNotContain("Newest seal", "Batches, newest first", ledger().toString());
      }
    }
  }

  @Test
  void demoDataAreForThoseWhoMayChangeAll() {
    String team = tokenOfTeam("search", Scope.READ, Scope.INGEST, Scope.ADMIN);
    String sender = token("sender", Optional.empty(), Scope.READ, Scope.INGEST);
    try (TestServer server = TestServer.on(ledger())) {
      for (String token : List.of(team, sender)) {
        assertThat(server.post("/demo", "", "Authorization", "Bearer " + token).statusCode())
            .isEqualTo(403);
        assertThat(get(server, "/", token).body()).doesNotContain("load-demo");
      }
      assertThat(server.totalAfterStop().activities()).isZero();
    }
  }

  /** What a server answers to a request whose headers no client of Java lets anybody set. */
  private static String answerTo(TestServer server, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      Matcher length = CONTENT_LENGTH.matcher(head);
      assertThat(length.find()).isTrue();
      byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
      return head + new String(body, StandardCharsets.UTF_8);
    }
  }

  @Test
  void aBodyThatNobodyReadsIsNotWaitedFor() throws IOException {
    token("ci", Optional.empty(), Scope.INGEST);
    try (TestServer server = TestServer.on(ledger())) {
      String answer =
          answerTo(
              server,
              "POST /v1/activities HTTP/1.1\nHost: localhost\nContent-Length: 1000\n\na bit");
      assertThat(answer).startsWith("HTTP/1.1 401").containsIgnoringCase("connection: close");
    }
  }

  @Test
  void behindAProxyThatEncryptsPagesKnowTheirAddress() throws IOException {
    AccessOptions proxied =
        new AccessOptions(
            false,
            Optional.empty(),
            Set.of("gtrace.example"),
            Optional.empty(),
            OptionalDouble.empty());
    String headers = "Host: gtrace.example\nX-Forwarded-Proto: https\n";
    try (TestServer server = TestServer.on(ledger(), proxied)) {
      assertThat(answerTo(server, "GET / HTTP/1.1\n" + headers + "\n"))
          .contains("curl https://gtrace.example/v1/activities");
      String form = "name=acme&model=no-such-model";
      String mapping =
          "POST /ledger/models HTTP/1.1\n"
              + headers
              + "Content-Length: "
              + form.length()
              + "\nOrigin: https://%s\n\n"
              + form;
      assertThat(answerTo(server, mapping.formatted("gtrace.example"))).contains("no-such-model");
      assertThat(answerTo(server, mapping.formatted("evil.example"))).startsWith("HTTP/1.1 403");
    }
  }
}
