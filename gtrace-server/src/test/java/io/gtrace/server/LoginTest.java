package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.server.access.Scope;
import io.gtrace.server.token.ApiToken;
import io.gtrace.server.token.TokenFile;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  private static final String CALL =
      """
      {"model": "gpt-4o", "region": "FR", "input_tokens": 100, "output_tokens": 50}\
      """;

  @TempDir private Path folder;
  private String token = "";
  private TestServer server;

  @BeforeEach
  void start() {
    Path ledger = folder.resolve("ledger");
    token =
        TokenFile.of(Ledger.openOrCreate(ledger).folder())
            .create(
                new ApiToken.Grant(
                    "ada",
                    ServerOptions.ONLY_ORGANISATION,
                    Optional.empty(),
                    Set.of(Scope.INGEST),
                    Optional.empty()),
                new SecureRandom(),
                Instant.now())
            .secret();
    server = TestServer.on(ledger);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> signIn(String shown, String next, String... headers) {
    return server.post(
        "/login",
        "next="
            + URLEncoder.encode(next, StandardCharsets.UTF_8)
            + "&token="
            + URLEncoder.encode(shown, StandardCharsets.UTF_8),
        headers.length > 0
            ? headers
            : new String[] {"Content-Type", "application/x-www-form-urlencoded"});
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElse("");
  }

  private static String session(HttpResponse<String> answer) {
    String cookie = cookie(answer);
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private int send(String... headers) {
    return server.post("/v1/activities", CALL, headers).statusCode();
  }

  @Test
  void aTokenThatIsGivenOnceOpensASession() {
    HttpResponse<String> answer = signIn(" " + token + "\n", "/now?team=ads");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).hasValue("/now?team=ads");
    assertThat(cookie(answer))
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=")
        .doesNotContain(token);
    assertThat(send("Cookie", session(answer))).isEqualTo(202);
    assertThat(send()).isEqualTo(401);
    assertThat(send("Cookie", session(answer) + "x")).isEqualTo(401);
  }

  @Test
  void anotherSiteCannotUseTheSessionNorBeginOne() {
    String session = session(signIn(token, "/"));
    assertThat(send("Cookie", session, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(send("Cookie", session, "Origin", "https://evil.example")).isEqualTo(403);
    assertThat(send("Cookie", session, "Sec-Fetch-Site", "same-origin")).isEqualTo(202);
    HttpResponse<String> forged = signIn(token, "/", "Sec-Fetch-Site", "cross-site");
    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(cookie(forged)).isEmpty();
  }

  @Test
  void theSessionEndsWithTheTokenAndWithLeaving() {
    String left = session(signIn(token, "/"));
    assertThat(server.post("/logout", "", "Cookie", left).statusCode()).isEqualTo(303);
    assertThat(send("Cookie", left)).isEqualTo(401);
    String revoked = session(signIn(token, "/"));
    assertThat(send("Cookie", revoked)).isEqualTo(202);
    TokenFile.of(folder.resolve("ledger")).revoke("ada");
    assertThat(send("Cookie", revoked)).isEqualTo(401);
  }

  @Test
  void aWrongTokenIsToldOnThePageAndSlowed() {
    HttpResponse<String> answer = signIn("wrong", "/now");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("opens nothing", "value=\"/now\"").doesNotContain("wrong");
    assertThat(cookie(answer)).isEmpty();
    int status = 0;
    for (int i = 0; i < 12; i++) {
      status = signIn("wrong", "/").statusCode();
    }
    assertThat(status).isEqualTo(429);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\r\nSet-Cookie: a=b",
        "\"><script>alert(1)</script>",
        "javascript:alert(1)",
        ""
      })
  void nobodyIsSentToAnotherSite(String next) {
    assertThat(signIn(token, next).headers().firstValue("Location")).hasValue("/");
    String page =
        server.get("/login?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8)).body();
    assertThat(page).contains("value=\"/\"").doesNotContain("evil", "<script", "javascript");
  }

  @Test
  void behindAProxyThatEncryptsTheCookieIsForThatOnly() {
    HttpResponse<String> answer = signIn(token, "/", "X-Forwarded-Proto", "https");
    assertThat(cookie(answer)).startsWith("__Host-gtrace_session=").contains("Secure");
    assertThat(send("Cookie", session(answer), "X-Forwarded-Proto", "https")).isEqualTo(202);
  }

  @Test
  void thePageNeedsNothingFromElsewhere() {
    HttpResponse<String> page = server.get("/login");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("type=\"password\"", "<label")
        .doesNotContain("http", "<style");
    assertThat(server.get("/login.css").headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/css");
  }
}
