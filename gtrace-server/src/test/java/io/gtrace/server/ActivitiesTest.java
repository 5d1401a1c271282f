package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivitiesTest {
  private static final String CALL =
      """
      {"model": "gpt-4o", "region": "FR", "input_tokens": 100, "output_tokens": 50}
      """;

  private static final Path SAMPLES =
      Path.of("../gtrace-ledger/src/test/resources/io/gtrace/ledger/formats");

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

  @Test
  void whatLiteLlmSendsIsTaken() throws IOException {
    String calls = Files.readString(SAMPLES.resolve("litellm-callback.json"));
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      HttpResponse<String> answer = server.post("/v1/litellm", calls);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(answer.body()).contains("\"accepted\":4", "\"refused\":0");
      assertThat(server.totalAfterStop().activities()).isEqualTo(4);
    }
  }

  @Test
  void whatLangfuseExportsIsTakenAndItsNewsOfPromptsPassedOver() throws IOException {
    String observations = Files.readString(SAMPLES.resolve("langfuse-observations.jsonl"));
    String news =
        """
        {"id": "e-1", "timestamp": "2026-03-02T10:30:00Z", "type": "prompt-version",
         "action": "created", "prompt": {"id": "p-1", "name": "greeting", "version": 3}}
        """;
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      assertThat(server.post("/v1/langfuse", observations).statusCode()).isEqualTo(202);
      HttpResponse<String> answer = server.post("/v1/langfuse", news);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(answer.body()).contains("\"accepted\":0", "\"refused\":0");
      assertThat(server.totalAfterStop().activities()).isPositive();
    }
  }

  @Test
  void anotherContentUnderAKeyIsRefused() {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      assertThat(server.post("/v1/activities", CALL, "Idempotency-Key", "one").statusCode())
          .isEqualTo(202);
      HttpResponse<String> other =
          server.post("/v1/activities", CALL + CALL, "Idempotency-Key", "one");
      assertThat(other.statusCode()).as(other.body()).isEqualTo(422);
      assertThat(other.body()).contains("Idempotency-Key");
      assertThat(
              server.post("/v1/activities", CALL, "Idempotency-Key", "k".repeat(256)).statusCode())
          .isEqualTo(400);
      assertThat(server.totalAfterStop().activities()).isEqualTo(1);
    }
  }

  @Test
  void aTextWithoutEndIsRefused() {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      HttpResponse<String> answer =
          server.post(
              "/v1/activities", CALL + CALL.replace("FR", "FR\", \"team\": \"" + "x".repeat(2000)));
      assertThat(answer.body()).contains("\"accepted\":1", "\"refused\":1", "longer than");
    }
  }

  @Test
  void aDeliveryThatNoJournalCouldHoldIsToComeInParts() {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      HttpResponse<String> answer =
          server.post(
              "/v1/activities", "{\"model\":\"gpt-4o\",\"output_tokens\":1}\n".repeat(400_000));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
      assertThat(answer.body()).contains("send it in parts");
      assertThat(server.totalAfterStop().activities()).isZero();
    }
  }
}
