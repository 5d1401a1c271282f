package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Tests that share a server which they do not change. */
abstract class ServedLedger {
  @TempDir static Path folder;
  static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.on(folder.resolve("ledger"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What an answer says, which must be JSON. */
  static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("json");
    return new ObjectMapper().readTree(answer.body());
  }

  /** What an answer of success says. */
  static JsonNode ask(String path) {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  /** What is told to be wrong. */
  static String detail(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    return json(answer).at("/detail").stringValue();
  }
}
