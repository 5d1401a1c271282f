package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code gtrace mcp} as a process of its own, asked by the client of the protocol's own SDK. */
class McpCommandTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private static Path folder;
  private static McpSyncClient client;

  @BeforeAll
  static void start() throws IOException {
    Path usage = folder.resolve("usage.csv");
    Files.writeString(
        usage,
        """
        request_id,model,region,team,when,input_tokens,output_tokens
        a,gpt-4o,FR,search,2026-03-01T10:00Z,500,300
        b,gpt-4o,PL,search,2026-03-02T10:00Z,500,300
        c,gpt-4o-mini,FR,support,2026-04-01T10:00Z,900,100
        """);
    Outcome ingested = Outcome.of("ingest", usage.toString(), "--ledger", ledger());
    assertThat(ingested.exitCode()).as(ingested.err()).isEqualTo(ExitCode.DONE);
    List<String> command = command("--ledger", ledger());
    client =
        McpClient.sync(
                new StdioClientTransport(
                    new ServerParameters.Builder(command.get(0))
                        .args(command.subList(1, command.size()))
                        .build(),
                    new JacksonMcpJsonMapper(JSON)))
            .build();
    client.initialize();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  private static String ledger() {
    return folder.resolve("ledger").toString();
  }

  private static List<String> command(String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "mcp"));
    command.addAll(List.of(options));
    return command;
  }

  private static CallToolResult call(String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  private static JsonNode figures(CallToolResult result) {
    assertThat(result.isError()).as(text(result)).isNotEqualTo(true);
    return JSON.valueToTree(result.structuredContent());
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  @Test
  void agentsSeeFourToolsThatChangeNothing() {
    List<Tool> tools = client.listTools().tools();
    assertThat(tools)
        .extracting(Tool::name)
        .containsExactlyInAnyOrder("estimate", "compare", "route", "footprint");
    assertThat(tools).allSatisfy(tool -> assertThat(tool.annotations().readOnlyHint()).isTrue());
  }

  @Test
  void anEstimateIsThatOfTheLibrary() {
    CallToolResult result =
        call(
            "estimate",
            Map.of("model", "gpt-4o", "site", "FR", "input_tokens", 500, "output_tokens", 300.0));
    double expected =
        GTrace.standard()
            .estimate(TextGeneration.of("gpt-4o", 500, 300).at("FR"))
            .carbonKg()
            .median();
    assertThat(figures(result).at("/carbonKg/median").asDouble())
        .isCloseTo(expected, within(1e-9 * expected));
    assertThat(text(result)).contains("gpt-4o", "Wh (", "with probability 0.9");
  }

  @Test
  void anUnknownModelIsPricedByItsClassAndSaysSo() {
    CallToolResult result =
        call("estimate", Map.of("model", "never-heard-of-it", "output_tokens", 300));
    assertThat(figures(result).at("/carbonKg/median").asDouble()).isPositive();
    assertThat(text(result)).contains("Assumed:", "never-heard-of-it");
  }

  @ParameterizedTest
  @CsvSource({
    "output_tokens, -3",
    "output_tokens, many",
    "colour, blue",
    "modality, thought",
    "when, yesterday",
  })
  void wrongArgumentsAreNamedAndTheNextQuestionIsAnswered(String argument, String value) {
    Object given = value.matches("-?\\d+") ? Integer.valueOf(value) : value;
    CallToolResult refused = call("estimate", Map.of("model", "gpt-4o", argument, given));
    assertThat(refused.isError()).as(text(refused)).isTrue();
    assertThat(text(refused)).contains(argument);
    assertThat(call("estimate", Map.of("model", "gpt-4o", "output_tokens", 3)).isError())
        .isNotEqualTo(true);
  }

  @Test
  void comparedWorkComesLeastCarbonFirstAndEachOnce() {
    JsonNode alternatives =
        figures(
                call(
                    "compare",
                    Map.of(
                        "models",
                        List.of("gpt-4o", "gpt-4o-mini", "openai/gpt-4o"),
                        "sites",
                        List.of("PL", "FR"),
                        "output_tokens",
                        300)))
            .get("alternatives");
    List<Double> carbonKg = new ArrayList<>();
    alternatives.forEach(each -> carbonKg.add(each.at("/carbonKg/median").asDouble()));
    assertThat(carbonKg).hasSize(4).isSorted();
    assertThat(alternatives.get(0).get("alternative").asString()).isEqualTo("gpt-4o-mini at FR");
  }

  @Test
  void aRouteNamesPlaceAndHour() {
    CallToolResult result =
        call(
            "route",
            Map.of(
                "model",
                "gpt-4o",
                "sites",
                List.of("PL", "FR"),
                "at",
                "2026-06-12T18:00Z",
                "within_hours",
                6));
    assertThat(figures(result).at("/routes/0/region").asString()).isEqualTo("FR");
    CallToolResult open =
        call("route", Map.of("model", "gpt-4o", "sites", List.of("FR"), "max_round_trip_ms", 50));
    assertThat(open.isError()).isTrue();
    assertThat(text(open)).contains("users_at");
  }

  @Test
  void aFootprintIsThatOfTheLedger() {
    CallToolResult result =
        call(
            "footprint",
            Map.of("by", List.of("region"), "only", Map.of("team", "search"), "to", "2026-04"));
    JsonNode answer = figures(result);
    JsonNode asked =
        Outcome.of(
                "query",
                "--ledger",
                ledger(),
                "--by",
                "region,team",
                "--to",
                "2026-04",
                "--format",
                "json")
            .json();
    assertThat(answer.at("/total/activities").asInt()).isEqualTo(2);
    assertThat(answer.get("lines")).hasSize(2);
    assertThat(answer.at("/lines/0/region").asString()).isEqualTo("PL");
    assertThat(answer.at("/total/carbonKg/median").asDouble())
        .isCloseTo(asked.at("/total/carbonKg/median").asDouble(), within(1e-12));
    JsonNode one = figures(call("footprint", Map.of("by", List.of("model", "region"), "lines", 1)));
    assertThat(one.get("lines")).hasSize(1);
    assertThat(one.get("linesLeftOut").asInt()).isEqualTo(2);
  }

  @Test
  void aClientThatClosesItsEndHasItsAnswersAndTheProcessEnds()
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command()).start();
    try {
      try (BufferedWriter input = process.outputWriter(StandardCharsets.UTF_8)) {
        input.write(
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
            this is no message
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"estimate","arguments":{"model":"gpt-4o","output_tokens":10}}}
            """);
      }
      List<String> answers = process.inputReader(StandardCharsets.UTF_8).lines().toList();
      assertThat(answers)
          .anySatisfy(line -> {
            JsonNode answer = JSON.readTree(line);
            assertThat(answer.path("id").asInt()).isEqualTo(2);
            assertThat(answer.at("/result/structuredContent/carbonKg/median").asDouble())
                .isPositive();
          });
      assertThat(process.waitFor()).isEqualTo(ExitCode.DONE);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void withoutALedgerItSaysWhatIsMissing() {
    Outcome outcome = Outcome.of("mcp", "--ledger", folder.resolve("none").toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.LEDGER);
    assertThat(outcome.err()).contains("none");
  }
}
