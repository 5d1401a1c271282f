package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class MetricsTest {
  private static final Pattern NAME = Pattern.compile("\\bgtrace_\\w+");

  @TempDir private Path folder;

  private TestServer filled() {
    Path ledger = folder.resolve("ledger");
    try (TestServer filling = TestServer.on(ledger)) {
      filling.post(
          "/v1/activities",
          """
          {"model": "gpt-4o", "region": "FR", "team": "search", "output_tokens": 100}
          {"model": "gpt-4o-mini", "region": "DE", "team": "a \\"b\\" \\\\ c", "output_tokens": 300}
          {"model": "gpt-4o", "region": "FR", "output_tokens": 300}
          """);
    }
    return TestServer.on(ledger);
  }

  private static double value(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(series + " is not in\n" + metrics));
  }

  @Test
  void theLedgerIsToldByTeamModelAndRegionWithBounds() {
    try (TestServer server = filled()) {
      HttpResponse<String> answer = server.get("/metrics");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
      String metrics = answer.body();
      assertThat(value(metrics, "gtrace_activities")).isEqualTo(3);
      assertThat(value(metrics, "gtrace_team_activities{team=\"search\"}")).isEqualTo(1);
      assertThat(value(metrics, "gtrace_team_activities{team=\"\"}")).isEqualTo(1);
      assertThat(value(metrics, "gtrace_team_activities{team=\"a \\\"b\\\" \\\\ c\"}"))
          .isEqualTo(1);
      assertThat(value(metrics, "gtrace_region_activities{region=\"FR\"}")).isEqualTo(2);
      double low = value(metrics, "gtrace_model_carbon_kilograms{bound=\"low\",model=\"gpt-4o\"}");
      double median =
          value(metrics, "gtrace_model_carbon_kilograms{bound=\"median\",model=\"gpt-4o\"}");
      double high =
          value(metrics, "gtrace_model_carbon_kilograms{bound=\"high\",model=\"gpt-4o\"}");
      assertThat(low).isPositive().isLessThan(median);
      assertThat(high).isGreaterThan(median);
      assertThat(value(metrics, "gtrace_carbon_kilograms{bound=\"median\"}")).isGreaterThan(median);
      assertThat(value(metrics, "gtrace_healthy")).isEqualTo(1);
      assertThat(value(metrics, "gtrace_ledger_events")).isEqualTo(3);
      assertThat(value(metrics, "gtrace_journal_bytes")).isZero();
    }
  }

  @Test
  void whatComesIsThereAfterItsSeal() {
    try (TestServer server = filled()) {
      assertThat(value(server.get("/metrics").body(), "gtrace_activities")).isEqualTo(3);
      server.post(
          "/v1/activities",
          "{\"model\": \"gpt-4o\", \"region\": \"FR\", \"team\": \"new\", \"output_tokens\": 1}");
      String metrics = server.get("/metrics").body();
      while (value(metrics, "gtrace_activities") < 4) {
        metrics = server.get("/metrics").body();
      }
      assertThat(value(metrics, "gtrace_team_activities{team=\"new\"}")).isEqualTo(1);
      assertThat(value(metrics, "gtrace_sent_records_total{outcome=\"accepted\"}")).isEqualTo(1);
      assertThat(value(metrics, "gtrace_sent_records_total{outcome=\"refused\"}")).isZero();
    }
  }

  @Test
  void requestsAreCountedByStatusAndTimed() {
    try (TestServer server = filled()) {
      server.get("/v1/models?limit=1");
      server.get("/v1/models?limit=no");
      server.get("/nothing-here");
      String metrics = server.get("/metrics").body();
      assertThat(value(metrics, "gtrace_http_requests_total{status=\"200\"}")).isEqualTo(1);
      assertThat(value(metrics, "gtrace_http_requests_total{status=\"400\"}")).isEqualTo(1);
      assertThat(value(metrics, "gtrace_http_requests_total{status=\"404\"}")).isEqualTo(1);
      assertThat(value(metrics, "gtrace_http_request_duration_seconds_count")).isEqualTo(3);
    }
  }

  @Test
  void openMetricsIsSpokenWhereItIsAskedFor() {
    try (TestServer server = filled()) {
      HttpResponse<String> answer =
          server.send(
              server
                  .request("/metrics")
                  .header("Accept", "application/openmetrics-text; version=1.0.0")
                  .GET()
                  .build());
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/openmetrics-text");
      assertThat(answer.body()).endsWith("# EOF\n");
    }
  }

  @Test
  void theDashboardAsksForWhatThereIs() {
    try (TestServer server = filled()) {
      server.get("/v1/models?limit=1");
      String metrics = server.get("/metrics").body();
      Set<String> told =
          metrics
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split("[{ ]", 2)[0])
              .collect(Collectors.toSet());
      JsonNode dashboard = new ObjectMapper().readTree(server.get("/v1/grafana-dashboard").body());
      Set<String> asked = new TreeSet<>();
      for (JsonNode expression : dashboard.findValues("expr")) {
        Matcher name = NAME.matcher(expression.stringValue());
        while (name.find()) {
          asked.add(name.group());
        }
      }
      assertThat(asked).hasSizeGreaterThan(20);
      assertThat(told).containsAll(asked);
    }
  }
}
