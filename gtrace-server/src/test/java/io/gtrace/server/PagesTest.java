package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.server.page.PageOptions;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages answer to whoever has no browser. */
class PagesTest {
  @TempDir private Path folder;

  @Test
  void aPageIsAnsweredWithoutItsBodyAndOtherMethodsAreRefused() {
    try (TestServer server = TestServer.on(folder.resolve("ledger"))) {
      HttpResponse<String> head =
          server.send(
              server.request("/calculator").method("HEAD", BodyPublishers.noBody()).build());
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      HttpResponse<String> refused = server.send(server.request("/calculator").DELETE().build());
      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
    }
  }

  /** The newest day is shown where nothing came today, and has no part in today's budget. */
  @Test
  void anEarlierDayTakesNothingOfTodaysBudget() {
    PageOptions budget = new PageOptions(OptionalDouble.of(5), Optional.empty());
    try (TestServer server = TestServer.on(folder.resolve("ledger"), budget)) {
      server.post(
          "/v1/activities",
          """
          {"model": "gpt-4o", "when": "2024-05-01T10:00:00Z", "output_tokens": 900000000}
          """);
    }
    try (TestServer server = TestServer.on(folder.resolve("ledger"), budget)) {
      assertThat(server.get("/").body())
          .contains("1 May 2024", "0 % of the 5 kg CO2e that a day may cause");
    }
  }
}
