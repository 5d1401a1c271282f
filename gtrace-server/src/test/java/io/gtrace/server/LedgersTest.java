package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LedgersTest extends ServedLedger {
  @BeforeAll
  static void fill() throws IOException {
    server.post(
        "/v1/activities",
        """
        {"model": "gpt-4o", "region": "FR", "output_tokens": 100, "when": "2026-03-01T10:20:00Z"}
        {"model": "model-of-nobody", "region": "FR", "output_tokens": 100}
        """);
    while (ask("/v1/ledger").at("/events").intValue() < 2) {
      // Sealed in a moment.
    }
    Path state = folder.resolve("ledger").resolve("server");
    Files.writeString(
        state.resolve("refused-2026-01-01T000000Z-000000000001.jsonl"),
        """
        {"file":"a","line":1,"field":"model","reason":"is empty","row":{}}
        {"file":"a","line":2,"field":"","reason":"no JSON","text":"<b>"}
        """);
    Files.writeString(
        state.resolve("refused-2026-02-01T000000Z-000000000001.jsonl"),
        """
        {"file":"b","line":7,"field":"model","reason":"is empty","row":{}}
        """);
  }

  @Test
  void whatIsInALedgerIsTold() {
    JsonNode status = ask("/v1/ledger");
    assertThat(status.at("/events").intValue()).isEqualTo(2);
    assertThat(status.at("/batches").intValue()).isEqualTo(1);
    assertThat(status.at("/unknownModels/model-of-nobody").intValue()).isEqualTo(1);
    assertThat(status.at("/from").stringValue()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(status.at("/trouble").isNull()).isTrue();
    assertThat(status.at("/total/carbonKg/median").doubleValue()).isPositive();
  }

  @Test
  void batchesAreListedWithTheirSeals() {
    HttpResponse<String> answer = server.get("/v1/ledger/batches");
    JsonNode batches = json(answer);
    assertThat(batches.at("/batches").size()).isEqualTo(1);
    assertThat(batches.at("/batches/0/kind").stringValue()).isEqualTo("append");
    assertThat(batches.at("/batches/0/events").intValue()).isEqualTo(2);
    String head = ask("/v1/ledger").at("/head").stringValue();
    assertThat(answer.headers().firstValue("ETag")).contains("\"" + head + "\"");
  }

  @Test
  void refusedRowsAreListedNewestFirstPageByPage() {
    JsonNode first = ask("/v1/ledger/quarantine?limit=2");
    assertThat(first.at("/files").intValue()).isEqualTo(2);
    assertThat(first.at("/rows/0/file").stringValue()).isEqualTo("b");
    assertThat(first.at("/rows/1/reason").stringValue()).isEqualTo("is empty");
    JsonNode second =
        ask("/v1/ledger/quarantine?limit=2&cursor=" + first.at("/next").stringValue());
    assertThat(second.at("/rows").size()).isEqualTo(1);
    assertThat(second.at("/rows/0/text").stringValue()).isEqualTo("<b>");
    assertThat(second.at("/next").isNull()).isTrue();
  }

  @Test
  void sqlIsNotOffered() {
    for (String path : List.of("/v1/ledger?sql=SELECT%201", "/v1/ledger/sql", "/v1/sql")) {
      assertThat(server.get(path).statusCode()).isBetween(400, 404);
    }
  }
}
