package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivitiesTest {
  private static final String CALL =
      """
      {"model": "gpt-4o", "region": "FR", "input_tokens": 100, "output_tokens": 50}
      """;

  @TempDir private Path folder;

  @Test
  void whatIsAcknowledgedIsInTheLedger() {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      HttpResponse<String> answer = server.post("/v1/activities", CALL + CALL);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(answer.body()).contains("\"accepted\":2");
      assertThat(server.totalAfterStop().activities()).isEqualTo(2);
    }
  }

  @Test
  void aDeliveryThatIsSentAgainUnderItsKeyCountsOnce() {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      server.post("/v1/activities", CALL + CALL, "Idempotency-Key", "one");
      server.post("/v1/activities", CALL + CALL, "Idempotency-Key", "one");
      server.post("/v1/activities", "[" + CALL + "," + CALL + "]", "Idempotency-Key", "two");
      assertThat(server.totalAfterStop().activities()).isEqualTo(4);
    }
  }

  @Test
  void whatIsWrongIsNamedAndTheRestIsTaken() {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      HttpResponse<String> answer =
          server.post("/v1/activities", CALL + CALL.replace("100", "-100"));
      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.body())
          .contains("\"accepted\":1", "\"refused\":1", "\"record\":2", "input_tokens");
      assertThat(server.totalAfterStop().activities()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNoUsageAtAllIsRefused() {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      HttpResponse<String> answer = server.post("/v1/activities", "{\"a\": ");
      assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 422);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/");
      assertThat(server.totalAfterStop().activities()).isZero();
    }
  }
}
