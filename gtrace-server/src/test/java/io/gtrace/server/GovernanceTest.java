package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.governance.demo.DemoOrganisation;
import io.gtrace.governance.disclosure.Standards;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class GovernanceTest {
  @TempDir private static Path folder;
  private static DemoOrganisation demo;
  private static TestServer server;

  @BeforeAll
  static void start() {
    demo = DemoServer.made(folder.resolve("demo"));
    server = DemoServer.of(demo);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Asks until the answer is there. */
  private static HttpResponse<String> settled(String path) {
    HttpResponse<String> answer = server.get(path);
    while (answer.statusCode() == 202) {
      assertThat(answer.headers().firstValue("Location")).contains(path);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.headers().firstValue("ETag")).isEmpty();
      answer = server.get(path);
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void thePyramidIsAssessedFromLedgerProfileAndEvidence() throws IOException {
    HttpResponse<String> answer = settled("/v1/pyramid?period=2025-Q4");
    JsonNode assessment = json(answer);
    assertThat(assessment.at("/organisation").stringValue()).isEqualTo("Example AG (made up)");
    assertThat(assessment.at("/period").stringValue()).isEqualTo("2025-Q4");
    assertThat(assessment.at("/reached").intValue()).isPositive();
    String tag = answer.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        server.send(
            server
                .request("/v1/pyramid?period=2025-Q4")
                .header("If-None-Match", tag)
                .GET()
                .build());
    assertThat(again.statusCode()).isEqualTo(304);
    Files.writeString(
        demo.profile(), Files.readString(demo.profile()).replace("(made up)", "(renamed)"));
    assertThat(json(settled("/v1/pyramid?period=2025-Q4")).at("/organisation").stringValue())
        .isEqualTo("Example AG (renamed)");
    Files.writeString(
        demo.profile(), Files.readString(demo.profile()).replace("(renamed)", "(made up)"));
    assertThat(json(server.get("/v1/pyramid/recorded")).at("/assessments").isArray()).isTrue();
  }

  @Test
  void adviceIsThatOfTheLedger() {
    JsonNode plan = json(settled("/v1/advice?from=2025-10&to=2026-01"));
    assertThat(plan.at("/before/carbonKg/median").doubleValue())
        .isGreaterThan(plan.at("/after/carbonKg/median").doubleValue());
    assertThat(plan.at("/lines").size()).isPositive();
    assertThat(server.get("/v1/advice?from=2019&to=2020").statusCode()).isEqualTo(400);
    assertThat(server.get("/v1/advice?order=colour").statusCode()).isEqualTo(400);
  }

  @Test
  void formsAreFilledByStandard() {
    JsonNode list = json(server.get("/v1/disclosures"));
    assertThat(list.at("/standards").size()).isEqualTo(Standards.shipped().all().size());
    JsonNode form = json(settled("/v1/disclosures/ghg?period=2025-Q4")).at("/forms/0");
    assertThat(form.at("/standard").stringValue()).isEqualTo("ghg");
    assertThat(form.at("/filled").intValue()).isPositive();
    assertThat(form.toString()).doesNotContain(folder.toString());
    HttpResponse<String> markdown = settled("/v1/disclosures/ghg?period=2025-Q4&format=markdown");
    assertThat(markdown.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/markdown");
    assertThat(server.get("/v1/disclosures/colour").statusCode()).isEqualTo(404);
    assertThat(server.get("/v1/disclosures/ghg?period=soon").statusCode()).isBetween(400, 422);
    assertThat(server.get("/v1/disclosures/ghg?audience=nobody").statusCode()).isEqualTo(400);
  }

  @Test
  void withoutAProfileItIsSaidHowToGiveOne() {
    try (TestServer bare = TestServer.on(folder.resolve("bare"))) {
      HttpResponse<String> pyramid = bare.get("/v1/pyramid");
      assertThat(pyramid.statusCode()).isEqualTo(404);
      assertThat(pyramid.body()).contains("--profile");
      assertThat(bare.get("/v1/advice").body()).contains("the ledger is empty");
    }
  }
}
