package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.server.access.Scope;
import io.gtrace.server.token.ApiToken;
import io.gtrace.server.token.TokenFile;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  private static final String CALL =
      """
      {"model": "gpt-4o", "region": "FR", "input_tokens": 100, "output_tokens": 50}\
      """;

  @TempDir private Path folder;

  private Path ledger() {
    return folder.resolve("ledger");
  }

  private String token(String name) {
    return TokenFile.of(Ledger.openOrCreate(ledger()).folder())
        .create(
            new ApiToken.Grant(
                name,
                ServerOptions.ONLY_ORGANISATION,
                Optional.empty(),
                Set.of(Scope.INGEST),
                Optional.empty()),
            new SecureRandom(),
            Instant.now())
        .secret();
  }

  private static HttpResponse<String> send(TestServer server, String token) {
    return server.post("/v1/activities", CALL, "Authorization", "Bearer " + token);
  }

  @Test
  void aTokenThatSendsTooMuchIsToldWhenToComeAgain() {
    AccessOptions slow =
        new AccessOptions(
            false, Optional.empty(), Set.of(), Optional.empty(), OptionalDouble.of(0.01));
    String busy = token("busy");
    String other = token("other");
    try (TestServer server = TestServer.on(ledger(), slow)) {
      assertThat(send(server, busy).statusCode()).isEqualTo(202);
      HttpResponse<String> refused = send(server, busy);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("")))
          .isBetween(1, 101);
      assertThat(send(server, other).statusCode()).isEqualTo(202);
      assertThat(server.totalAfterStop().activities()).isEqualTo(2);
    }
  }

  @Test
  void whoeverGuessesIsSlowedAndNotWhoIsRight() {
    String token = token("ci");
    try (TestServer server = TestServer.on(ledger())) {
      int status = 0;
      for (int i = 0; i < 12; i++) {
        status = send(server, token.substring(0, 20) + "A".repeat(42) + (i % 10)).statusCode();
      }
      assertThat(status).isEqualTo(429);
      assertThat(send(server, "nonsense").headers().firstValue("Retry-After")).isPresent();
      assertThat(send(server, token).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void headersHaveBounds() {
    try (TestServer server = TestServer.on(ledger())) {
      assertThat(server.raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\nHost: localhost\n\n"))
          .containsPattern(" 4\\d\\d ");
      assertThat(
              server.raw(
                  "GET /health HTTP/1.1\nHost: localhost\nX: " + "a".repeat(40_000) + "\n\n"))
          .containsPattern(" 4\\d\\d ");
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everyAnswerTellsBrowsersToTrustNothingElse() {
    try (TestServer server = TestServer.on(ledger())) {
      for (String path : new String[] {"/health", "/nowhere", "/v1/activities"}) {
        var headers = server.get(path).headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
            .as(path)
            .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
            .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Permissions-Policy")).isPresent();
        assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
      }
    }
  }
}
