package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintsTest {
  @TempDir private Path folder;

  private TestServer withTwoTeams() {
    Path ledger = folder.resolve("ledger");
    try (TestServer filling = TestServer.on(ledger)) {
      filling.post(
          "/v1/activities",
          """
          {"model": "gpt-4o", "region": "FR", "team": "search", "output_tokens": 100}
          {"model": "gpt-4o", "region": "FR", "team": "it's", "output_tokens": 300}
          {"model": "gpt-4o-mini", "region": "DE", "team": "it's", "output_tokens": 500}
          """);
    }
    return TestServer.on(ledger);
  }

  @Test
  void theLedgerIsSplitAsAsked() {
    try (TestServer server = withTwoTeams()) {
      HttpResponse<String> answer = server.get("/v1/footprints?by=team,model");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body())
          .contains("\"by\":[\"team\",\"model\"]", "\"team\":\"it's\"", "\"activities\":3");
    }
  }

  @Test
  void onlyWhatHasTheValuesIsCounted() {
    try (TestServer server = withTwoTeams()) {
      String body = server.get("/v1/footprints?by=model&team=it%27s&region=DE").body();
      assertThat(body).contains("gpt-4o-mini", "\"activities\":1").doesNotContain("\"gpt-4o\"");
      assertThat(server.get("/v1/footprints?team=nobody").body()).contains("\"activities\":0");
    }
  }

  @Test
  void whoHasTheNewestAnswerIsToldSo() {
    try (TestServer server = withTwoTeams()) {
      String tag = server.get("/v1/footprints").headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again =
          server.send(server.request("/v1/footprints").header("If-None-Match", tag).GET().build());
      assertThat(again.statusCode()).isEqualTo(304);
    }
  }

  @Test
  void whatCannotBeAskedIsNamed() {
    try (TestServer server = withTwoTeams()) {
      HttpResponse<String> dimension = server.get("/v1/footprints?by=colour");
      assertThat(dimension.statusCode()).isEqualTo(400);
      assertThat(dimension.body()).contains("colour", "team, app, model");
      assertThat(server.get("/v1/footprints?from=2026-05&to=2026-04").body())
          .contains("from must lie before to");
    }
  }
}
