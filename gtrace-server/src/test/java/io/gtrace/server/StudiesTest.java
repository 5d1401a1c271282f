package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.server.api.ApiOptions;
import io.gtrace.server.study.StudyLimits;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StudiesTest extends ServedLedger {
  private static final String SHORT =
      "{\"study\": \"sir\", \"scale\": 0.0001, \"days\": 2, \"seed\": 7}";

  /** Takes far longer than any test waits. */
  private static final String LONG = "{\"study\": \"sir\", \"scale\": 0.05, \"days\": 4000}";

  private static String start(String body) {
    HttpResponse<String> answer = server.post("/v1/studies", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static JsonNode over(String run) {
    JsonNode state = ask(run);
    while (List.of("waiting", "running").contains(state.at("/state").stringValue())) {
      state = ask(run);
    }
    return state;
  }

  private static int delete(String run) {
    return server.send(server.request(run).DELETE().build()).statusCode();
  }

  @Test
  void aStudyRunsAndLeavesItsResult() {
    assertThat(ask("/v1/studies").at("/shipped").toString()).contains("ghibli-2025", "sir");
    String run = start(SHORT);
    JsonNode state = over(run);
    assertThat(state.at("/state").stringValue()).as(state.toString()).isEqualTo("done");
    assertThat(state.at("/share").doubleValue()).isEqualTo(1);
    assertThat(state.at("/hoursDone").intValue()).isEqualTo(48);
    JsonNode result = ask(run + "/result");
    assertThat(result.at("/study").stringValue()).isEqualTo("sir");
    assertThat(result.at("/hours").intValue()).isEqualTo(48);
    assertThat(server.get(run + "/page").body()).startsWith("<!DOCTYPE html>");
    assertThat(ask("/v1/studies").at("/runs").toString()).contains(run.substring(12));
    assertThat(delete(run)).isEqualTo(204);
    assertThat(server.get(run).statusCode()).isEqualTo(404);
  }

  @Test
  void progressComesAsEventsUntilItIsOver() {
    String run = start(SHORT);
    HttpResponse<String> events =
        server.send(
            server.request(run + "/events").header("Accept", "text/event-stream").GET().build());
    assertThat(events.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(events.body()).contains("event:progress", "\"state\":\"done\"");
    assertThat(events.body().strip().lines().toList().getLast()).contains("\"state\":\"done\"");
  }

  @Test
  void whatIsDoneIsKeptWhenARunIsCancelled() {
    String run = start(LONG);
    String waiting = start(SHORT);
    while (ask(run).at("/share").doubleValue() == 0) {
      // It begins in a moment.
    }
    assertThat(ask(waiting).at("/state").stringValue()).isEqualTo("waiting");
    assertThat(detail(server.get(run + "/result"), 409)).contains("running");
    assertThat(delete(run)).isEqualTo(202);
    JsonNode state = over(run);
    assertThat(state.at("/state").stringValue()).isEqualTo("cancelled");
    assertThat(state.at("/hoursDone").intValue()).isPositive();
    assertThat(ask(run + "/result").at("/hours").intValue())
        .isEqualTo(state.at("/hoursDone").intValue());
    assertThat(over(waiting).at("/state").stringValue()).isEqualTo("done");
  }

  @Test
  void aStudyOfOnesOwnExtendsWhatShipsAndNamesNoFile() {
    String own =
        """
        {"yaml": "study: mine\\nextends: sir\\ntitle: Mine\\n", "scale": 0.0001, "days": 1}\
        """;
    JsonNode state = over(start(own));
    assertThat(state.at("/state").stringValue()).as(state.toString()).isEqualTo("done");
    assertThat(state.at("/study").stringValue()).isEqualTo("mine");
    for (String file : List.of("/etc/passwd", "../sir.yaml", "file:///etc/passwd")) {
      assertThat(
              detail(
                  server.post("/v1/studies", own.replace("extends: sir", "extends: " + file)), 422))
          .contains("none of the studies that ship");
      assertThat(detail(server.post("/v1/studies", SHORT.replace("sir", file)), 422))
          .contains("none of");
    }
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(detail(server.post("/v1/studies", "{}"), 422)).contains("either study");
    assertThat(detail(server.post("/v1/studies", SHORT.replace("seed", "sed")), 422))
        .contains("unknown field 'sed'");
    assertThat(detail(server.post("/v1/studies", SHORT.replace("0.0001", "2")), 400))
        .contains("scale must be above 0");
    assertThat(detail(server.post("/v1/studies", SHORT.replace("2,", "-2,")), 422))
        .contains("days must be above 0");
    assertThat(detail(server.post("/v1/studies", "{\"yaml\": \"a: [\"}"), 422)).contains("line");
    assertThat(detail(server.get("/v1/studies/nothing"), 404)).contains("nothing");
  }

  @Test
  void oneThatNeedsMoreMemoryThanItMaySaysSo(@TempDir Path own) {
    StudyLimits narrow = new StudyLimits(1, 0.0001, 1);
    try (TestServer small =
        TestServer.on(own.resolve("ledger"), new ApiOptions(Map.of(), Map.of(), narrow))) {
      String run =
          small
              .post("/v1/studies", "{\"study\": \"ghibli-2025\", \"scale\": 0.01}")
              .headers()
              .firstValue("Location")
              .orElseThrow();
      JsonNode state = json(small.get(run));
      while (!state.at("/state").stringValue().equals("failed")) {
        state = json(small.get(run));
      }
      assertThat(state.at("/message").stringValue()).contains("the run needs about");
    }
  }

  @Test
  void aServerMayRunNone(@TempDir Path own) {
    ApiOptions none = new ApiOptions(Map.of(), Map.of(), new StudyLimits(0, 0.4, 1));
    try (TestServer server = TestServer.on(own.resolve("ledger"), none)) {
      assertThat(server.post("/v1/studies", SHORT).statusCode()).isEqualTo(403);
    }
  }
}
