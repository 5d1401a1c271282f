package io.gtrace.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplorePartsTest {
  @TempDir private Path folder;

  @Test
  void partsOfAnyNameAreDrawnAndOnlyThese() {
    StringBuilder calls = new StringBuilder();
    for (String team : List.of("", "it's", "a) OR (true", "%", "_", "search")) {
      calls.append(call(team, "gpt-4o", 9_000));
    }
    calls.append(call("small", "gpt-4o", 1)).append(call("other", "gpt-4o-mini", 9_000));
    try (TestServer filling = TestServer.on(folder.resolve("ledger"))) {
      assertThat(filling.post("/v1/activities", calls.toString()).statusCode()).isEqualTo(202);
    }
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      String html = server.get("/explore?by=team&model=gpt-4o&step=hour").body();

      assertThat(html).contains("7 activities", "the largest by team");
      assertThat(curves(html))
          .contains("\"not stated\"", "it's", "\"a) OR (true\"", "\"%\"", "\"_\"", "\"search\"")
          .doesNotContain("\"small\"", "\"other\"");
    }
  }

  private static String call(String team, String model, int tokens) {
    return "{\"model\": \"%s\", \"region\": \"FR\", \"output_tokens\": %d, \"team\": \"%s\","
            .formatted(model, tokens, team)
        + " \"when\": \"2026-03-01T05:30:00Z\"}\n";
  }

  private static String curves(String html) {
    return html.substring(html.indexOf("\"lines\":"));
  }
}
