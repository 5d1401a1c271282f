package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The commands that say what would cost less. */
class AdviceCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USAGE =
      """
      {"when":"2024-03-04T10:00:00Z","model":"gpt-4o","team":"chat","region":"aws/us-east-1","requests":1000,"input_tokens":500000,"output_tokens":300000}
      {"when":"2024-03-04T20:00:00Z","model":"gpt-4o","team":"jobs","region":"US-CISO","requests":1000,"input_tokens":500000,"output_tokens":300000}
      """;

  @TempDir static Path folder;
  private static String ledger = "";

  @BeforeAll
  static void ingest() throws IOException {
    ledger = folder.resolve("ledger").toString();
    Outcome outcome =
        Outcome.of(
            "ingest",
            Files.writeString(folder.resolve("u.jsonl"), USAGE).toString(),
            "--ledger",
            ledger);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aPlanWithoutAnyFileIsDrawnAndExplained() {
    Outcome outcome = Outcome.of("advise", "--ledger", ledger);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .contains("carbon today")
        .contains(" 1  region-routing")
        .contains("████")
        .contains("leaves out")
        .contains("RouteLLM")
        .contains("gtrace advise --ledger " + ledger + " --actions cascade")
        .contains("if nothing limited capacity");
  }

  @Test
  void linesOfJsonAddUpToTheDifference() {
    Outcome outcome = Outcome.of("advise", "--ledger", ledger, "--format", "json");
    JsonNode plan = JSON.readTree(outcome.out());
    double sum = 0;
    for (JsonNode line : plan.path("lines")) {
      sum += line.path("avoided").path("carbonKg").path("median").asDouble();
      assertThat(line.path("leavesOut").asString()).isNotBlank();
    }
    double before = plan.path("before").path("carbonKg").path("median").asDouble();
    double after = plan.path("after").path("carbonKg").path("median").asDouble();
    assertThat(sum).isCloseTo(before - after, within(1e-9 * before));
    assertThat(plan.path("placementBound").path("carbonKg").path("median").asDouble()).isPositive();
  }

  @Test
  void oneActionWithAnAssumptionOfOnesOwn() {
    Outcome outcome =
        Outcome.of(
            "advise",
            "--ledger",
            ledger,
            "--actions",
            "cascade",
            "--assume",
            "cascade-miss-rate=0.2..0.4",
            "--format",
            "json");
    JsonNode lines = JSON.readTree(outcome.out()).path("lines");
    assertThat(lines).hasSize(1);
    JsonNode assumption = lines.path(0).path("assumptions").path(0);
    assertThat(assumption.path("median").asDouble()).isCloseTo(0.3, within(1e-9));
    assertThat(assumption.path("source").asString()).isEqualTo("--assume");
    assertThat(Outcome.of("advise", "--ledger", ledger, "--format", "csv").out())
        .startsWith("rank,id,summary,detail,effort,avoided_carbon_kg,");
  }

  @Test
  void printedCommandsKeepWhatWasSaidAndAnOpenShareIsNamed() {
    Outcome plan =
        Outcome.of(
            "advise",
            "--ledger",
            ledger,
            "--assume",
            "cascade-miss-rate=0.2..0.4",
            "--workloads",
            "../docs/examples/workloads.yaml");
    assertThat(plan.out())
        .contains(
            "gtrace advise --ledger "
                + ledger
                + " --assume cascade-miss-rate=0.2..0.4 --workloads ../docs/examples/workloads.yaml"
                + " --actions cascade")
        .contains(
            "smaller-model: not valued, since smaller-model-share is 0 until you state yours");
  }

  @Test
  void theExampleOfWorkloadsIsUsableAndAPageIsWritten() throws IOException {
    Path page = folder.resolve("plan.html");
    Outcome outcome =
        Outcome.of(
            "advise",
            "--ledger",
            ledger,
            "--workloads",
            "../docs/examples/workloads.yaml",
            "--out",
            page.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).contains("saves EUR");
    assertThat(Files.readString(page)).contains("Marginal abatement curve", "region-routing");
  }

  @Test
  void trueHoursOfAGridSayWhatAForecastIsWorth() throws IOException {
    StringBuilder csv = new StringBuilder("zone,hour,g_per_kwh\n");
    for (int hour = 0; hour < 10 * 24; hour++) {
      csv.append("US-CISO,")
          .append(Instant.parse("2024-03-01T00:00:00Z").plusSeconds(3_600L * hour))
          .append(',')
          .append(100 + 20 * (hour % 24))
          .append('\n');
    }
    Path file = Files.writeString(folder.resolve("hours.csv"), csv);
    Outcome outcome = Outcome.of("advise", "--ledger", ledger, "--grid-hours", file.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .contains("Over 72 true hours")
        .contains("by foresight without limits")
        .contains("left out: aws/us-east-1");
  }

  @Test
  void aFrontSetsCarbonBesideWaterAndLatency() {
    Outcome outcome =
        Outcome.of("advise", "--ledger", ledger, "--front", "carbon,latency", "--format", "json");
    JsonNode choices = JSON.readTree(outcome.out());
    assertThat(choices.size()).isGreaterThan(2);
    JsonNode today = choices.path(choices.size() - 1);
    assertThat(today.path("placement").asString()).isEqualTo("today");
    assertThat(choices.path(0).path("carbon_kg").asDouble())
        .isLessThan(today.path("carbon_kg").asDouble());
    requireTold(Outcome.of("advise", "--ledger", ledger, "--front", "beauty"), "carbon, water");
    requireTold(
        Outcome.of("advise", "--ledger", ledger, "--front", "cost"), "price of electricity");
  }

  @Test
  void wrongUseIsToldPlainly() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("workloads.yaml"), "workloads:\n  - name: a\n    slack-hours: soon\n");
    requireTold(
        Outcome.of("advise", "--ledger", ledger, "--workloads", file.toString()),
        "workloads.yaml, line 3, workloads.0.slack-hours: must be a whole number, not 'soon'");
    requireTold(Outcome.of("advise", "--ledger", ledger, "--actions", "pray"), "no action 'pray'");
    requireTold(Outcome.of("advise", "--ledger", ledger, "--assume", "luck=1"), "--assume luck");
    requireTold(Outcome.of("advise", "--ledger", ledger, "--order", "luck"), "carbon or cost");
    requireTold(Outcome.of("advise", "--ledger", ledger, "--from", "2030"), "no work");
  }

  private static void requireTold(Outcome outcome, String words) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains(words);
  }

  @Test
  void constraintsThatConflictAreNamedAndTheRestIsPlanned() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("conflict.yaml"),
            "workloads:\n  - {name: chat, team: chat, residency: [FR], users: JP,"
                + " max-latency-ms: 20}\n  - {name: nobody, team: nobody}\n");
    Outcome outcome = Outcome.of("advise", "--ledger", ledger, "--workloads", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(outcome.err())
        .contains("region-routing is left out")
        .contains("data residency FR")
        .contains("round trip of at most 20 ms")
        .contains("no work of that period belongs to the workload nobody");
    assertThat(outcome.out()).contains("cascade");
  }

  @Test
  void aRouteNamesTheRegionTheHourAndHowSureItIs() {
    Outcome outcome =
        Outcome.of(
            "route",
            "--model",
            "gpt-4o",
            "--regions",
            "eu-west-3,eu-central-1,US-CISO",
            "--at",
            "2024-06-12T18:00Z",
            "--within",
            "6h");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .contains("Run it in aws/eu-west-3")
        .contains("with probability 1.00")
        .contains("mean day of the month");
    JsonNode routes =
        JSON.readTree(
            Outcome.of(
                    "route",
                    "--model",
                    "flux.1-dev",
                    "--regions",
                    "FR,PL",
                    "--at",
                    "2024-06-12",
                    "--latency-from",
                    "DE",
                    "--format",
                    "json")
                .out());
    assertThat(routes.path(0).path("region").asString()).isEqualTo("FR");
    assertThat(routes.path(0).path("round_trip_ms").asDouble()).isBetween(1.0, 60.0);
  }

  @Test
  void aRouteFromNowOnIsToldToTheSecond() {
    assertThat(Outcome.of("route", "--model", "gpt-4o", "--regions", "FR").out())
        .containsPattern("Run it in FR at \\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z: ");
  }

  @Test
  void aRouteThatCannotBeIsToldPlainly() {
    requireTold(
        Outcome.of(
            "route",
            "--model",
            "gpt-4o",
            "--regions",
            "FR",
            "--latency-from",
            "US",
            "--max-latency-ms",
            "1"),
        "none of the regions lies within");
    requireTold(
        Outcome.of("route", "--model", "gpt-4o", "--regions", "FR", "--max-latency-ms", "1"),
        "--latency-from");
    requireTold(
        Outcome.of("route", "--model", "gpt-4o", "--regions", "FR", "--within", "soon"),
        "whole hours");
    assertThat(Outcome.of("route", "--model", "gpt-4o", "--regions", "Atlantis").exitCode())
        .isEqualTo(ExitCode.UNKNOWN_NAME);
  }
}
