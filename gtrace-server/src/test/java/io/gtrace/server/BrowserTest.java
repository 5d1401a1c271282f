package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other sites can make a browser do at a server without tokens. */
class BrowserTest {
  private static final String CALL =
      """
      {"model": "gpt-4o", "region": "FR", "input_tokens": 100, "output_tokens": 50}\
      """;

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.on(folder.resolve("ledger"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String post(String headers) {
    return server.raw(
        "POST /v1/activities HTTP/1.1\nContent-Length: "
            + CALL.length()
            + "\nConnection: close\n"
            + headers.replace("PORT", Integer.toString(server.server().port())).replace("; ", "\n")
            + "\n\n"
            + CALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "localhost.evil.example",
        "127.0.0.1.nip.example:PORT",
        "0.0.0.0:PORT",
        "[::2]:PORT"
      })
  void aNameThatWasMadeToLeadHereIsNotAnswered(String host) {
    assertThat(post("Host: " + host)).contains(" 421 ");
    assertThat(
            server.raw(
                "GET /health HTTP/1.1\nHost: "
                    + host.replace("PORT", "1")
                    + "\nConnection: close\n\n"))
        .contains(" 421 ");
    assertThat(server.totalAfterStop().activities()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost:PORT", "127.0.0.1:PORT", "[::1]:PORT"})
  void theNamesOfThisMachineAreAnswered(String host) {
    assertThat(post("Host: " + host)).contains(" 202 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Sec-Fetch-Site: cross-site                          | 403
          Sec-Fetch-Site: same-site                           | 403
          Sec-Fetch-Site: cross-site; Origin: http://localhost:PORT | 403
          Origin: https://evil.example                        | 403
          Origin: null                                        | 403
          Origin: http://localhost:1                          | 403
          Origin: http://evil.localhost:PORT                  | 403
          Origin: http://localhost:PORT                       | 202
          Sec-Fetch-Site: same-origin; Origin: http://localhost:PORT | 202
          Sec-Fetch-Site: none                                | 202
          Accept: */*                                         | 202
          """)
  void aPageOfAnotherSiteChangesNothing(String headers, int status) {
    assertThat(post("Host: localhost:PORT; " + headers)).contains(" " + status + " ");
    assertThat(server.totalAfterStop().activities()).isEqualTo(status == 202 ? 1 : 0);
  }

  @Test
  void noOtherSiteMayReadAnswers() {
    var answer =
        server.send(server.request("/health").header("Origin", "https://evil.example").build());
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    var preflight =
        server.send(
            server
                .request("/v1/activities")
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());
    assertThat(preflight.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }
}
