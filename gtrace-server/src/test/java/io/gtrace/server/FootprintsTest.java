package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.server.access.Scope;
import io.gtrace.server.token.ApiToken;
import io.gtrace.server.token.TokenFile;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  @Test
  void anAnswerOfTooManyLinesIsNotGiven() {
    Path ledger = folder.resolve("ledger");
    try (TestServer filling = TestServer.on(ledger)) {
      String calls =
          IntStream.rangeClosed(0, 20_000)
              .mapToObj(each ->
                  "{\"model\":\"gpt-4o\",\"output_tokens\":1,\"team\":\"team " + each + "\"}\n")
              .collect(Collectors.joining());
      assertThat(filling.post("/v1/activities", calls).statusCode()).isEqualTo(202);
    }
    try (TestServer server = TestServer.on(ledger)) {
      for (String by : List.of("team", "model,team")) {
        HttpResponse<String> answer = server.get("/v1/footprints?by=" + by);
        assertThat(answer.statusCode()).as(by).isEqualTo(422);
        assertThat(answer.body()).contains("20,001 lines", "shorter period");
      }
      assertThat(server.get("/v1/footprints?by=model").statusCode()).isEqualTo(200);
      assertThat(server.get("/v1/footprints?by=model,team&team=team%201").statusCode())
          .isEqualTo(200);
    }
  }

  private String token(String team) {
    return TokenFile.of(Ledger.openOrCreate(folder.resolve("ledger")).folder())
        .create(
            new ApiToken.Grant(
                team,
                ServerOptions.ONLY_ORGANISATION,
                Optional.of(team),
                Set.of(Scope.READ),
                Optional.empty()),
            new SecureRandom(),
            Instant.now())
        .secret();
  }

  @Test
  void answersOfTwoTeamsAreTwoAndKeptByNobodyBetween() {
    String one = token("one");
    String two = token("two");
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      Set<String> tags = new HashSet<>();
      for (String token : List.of(one, two, one)) {
        HttpHeaders headers =
            server
                .send(
                    server
                        .request("/v1/footprints")
                        .header("Authorization", "Bearer " + token)
                        .GET()
                        .build())
                .headers();
        tags.add(headers.firstValue("ETag").orElseThrow());
        assertThat(headers.firstValue("Cache-Control").orElse("")).contains("private");
      }
      assertThat(tags).hasSize(2);
    }
  }
}
