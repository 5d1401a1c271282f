package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandLineTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir Path folder;

  private static Outcome gtrace(String... args) {
    return Outcome.of(args);
  }

  private static Outcome line(String commandLine) {
    return gtrace(commandLine.split(" "));
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  static Stream<Named<CommandLine>> commands() {
    return commandsBelow(Main.commandLine());
  }

  private static Stream<Named<CommandLine>> commandsBelow(CommandLine command) {
    return command.getSubcommands().entrySet().stream()
        .filter(each -> !each.getKey().equals("help"))
        .map(Map.Entry::getValue)
        .flatMap(each ->
            Stream.concat(
                Stream.of(Named.of(each.getCommandSpec().qualifiedName(), each)),
                commandsBelow(each)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theExamplesInTheHelpOfEveryCommandRun(CommandLine command) throws IOException, SQLException {
    Map<String, String> files = exampleFiles();
    List<String> examples =
        Stream.of(command.getCommandSpec().usageMessage().footer())
            .filter(line -> line.startsWith("Example: "))
            .map(line -> line.replace("Example: gtrace ", ""))
            .map(line -> line.replaceAll("--out \\S*?([^/ ]+)(?= |$)", "--out " + at("$1")))
            .map(line -> line.replace("--ledger ledger", "--ledger " + at("ledger")))
            .toList();
    if (command.getCommand() instanceof ServeCommand
        || command.getCommand() instanceof McpCommand) {
      // They run until they are told to end; their own tests start them as processes.
      return;
    }
    assertThat(examples).isNotEmpty();
    String itself = command.getCommandSpec().qualifiedName(" ").replaceFirst("^gtrace ", "");
    assertThat(examples).allMatch(example -> example.startsWith(itself));
    for (String example : examples) {
      String running = example.contains(" --pid ") ? runningProcess() : "";
      String[] words =
          DocumentedCommands.words(example)
              .map(word -> word.equals("4711") ? running : files.getOrDefault(word, word))
              .toArray(String[]::new);
      Outcome outcome = gtrace(words);
      assertThat(outcome.exitCode()).as(example + outcome.err()).isEqualTo(ExitCode.DONE);
    }
  }

  /** The number of a process that ends by itself soon. */
  private static String runningProcess() throws IOException {
    return Long.toString(new ProcessBuilder("sleep", "1").start().pid());
  }

  /**
   * The files that examples name, by the names that they have there, and a ledger with an event and
   * a token.
   */
  private Map<String, String> exampleFiles() throws IOException, SQLException {
    String header = "when,model,region,user,output_tokens\n";
    String usage = file("usage.csv", header + "2026-03-02T10:00:00Z,gpt-4o,FR,u-1234,300\n");
    assertThat(gtrace("ingest", usage, "--ledger", at("ledger")).exitCode())
        .isEqualTo(ExitCode.DONE);
    gtrace("token", "create", "--ledger", at("ledger"), "--name", "ci", "--scope", "ingest");
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute(
          "COPY (SELECT 'gpt-4o' AS model, 200 AS output_tokens) TO '" + at("april.parquet") + "'");
    }
    Files.createDirectories(folder.resolve("evidence"));
    file(
        "evidence/assurance.csv",
        """
        statement,provider,level,from,to,carbon_kg
        A-1,Checkers,limited,2025-01-01T00:00:00Z,2026-01-01T00:00:00Z,12
        """);
    return Map.ofEntries(
        Map.entry("python", "sh"),
        Map.entry("train.py", file("train.py", "exit 0\n")),
        Map.entry("./train.sh", "true"),
        Map.entry("usage.csv", usage),
        Map.entry("org.yaml", file("org.yaml", "organisation: Example\n")),
        Map.entry(
            "usage.jsonl", file("usage.jsonl", "{\"model\":\"gpt-4o\",\"output_tokens\":300}\n")),
        Map.entry(
            "march.csv", file("march.csv", header + "2026-03-03T10:00:00Z,gpt-4o,FR,u-1234,300\n")),
        Map.entry("april.parquet", at("april.parquet")),
        Map.entry("measurements.csv", MEASURED + "video_generation_gpu_energy.csv"),
        Map.entry("factors.yaml", "../docs/examples/factors.yaml"),
        Map.entry("search.csv", "../docs/examples/trend/search.csv"),
        Map.entry("pageviews.json", "../docs/examples/trend/pageviews.json"),
        Map.entry("~/.claude/projects", folder.toString()),
        Map.entry("~/.codex/sessions", folder.toString()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theHelpBreaksNoWords(CommandLine command) {
    assertThat(command.getUsageMessage()).doesNotContainPattern("[.-]\\n {10,}[a-z0-9]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"models", "regions", "devices"})
  void lookUpsOfferNoFallback(String command) {
    assertThat(line(command + " --help").out()).doesNotContain("--allow-fallback");
    assertThat(line(command + " --allow-fallback").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
  }

  @Test
  void whoAsksForNothingIsToldWhatThereIs() {
    Outcome outcome = gtrace();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("Usage: gtrace").contains("gtrace demo");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text --model gpt-4o --input-tokens 500 --output-tokens 300 --region eu-west-3
          text --model claude-sonnet-4-20250514 --output-tokens 300 --reasoning-tokens 900
          text --model meta-llama/Llama-3.1-8B-Instruct --output-tokens 300 --region rtx-4090@DE
          embedding --model text-embedding-3-small --input-tokens 8000 --region azure/westeurope
          image --model dall-e-3 --count 4
          image --model flux.1-dev --width 512 --height 768 --steps 20 --region US-CA
          video --model wan2.1-t2v-14b-diffusers --seconds 5 --region FR
          audio --task speech-to-text --model whisper-large-v3 --seconds 600
          audio --task text-to-speech --model tts-1 --seconds 60
          audio --task music --model musicgen-large --seconds 30
          training --accelerator h100-sxm --count 8 --hours 72 --region FR
          training --accelerator a100-sxm-80gb --flop 1e21 --region CA-QC
          training --accelerator h100-sxm --tokens 1e9 --active-params 8 --region PL
          """)
  void oneActivityOfEachKindIsEstimated(String activity) {
    Outcome outcome = line("estimate " + activity + " --format json");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    for (String quantity : List.of("energyKwh", "carbonKg", "waterL")) {
      JsonNode figure = outcome.json().get(quantity);
      assertThat(figure.get("low").asDouble()).isPositive();
      assertThat(figure.get("median").asDouble()).isGreaterThan(figure.get("low").asDouble());
      assertThat(figure.get("high").asDouble()).isGreaterThan(figure.get("median").asDouble());
    }
    assertThat(outcome.json().get("factorSet").asString()).startsWith("sha256:");
    assertThat(outcome.json().get("trace").toString()).contains("source");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          estimate text --model gpt-5o-mega --output-tokens 3             | gpt-
          estimate text --model gpt-4o --output-tokens 3 --region eu-wst-3| eu-west-3
          explain text --model gpt-5o-mega --output-tokens 3              | gpt-
          compare text --model gpt-4o,gpt-5o-mega --output-tokens 3       | gpt-
          """)
  void anUnknownNameIsRefusedWithTheNearestNames(String commandLine, String nearest) {
    Outcome outcome = line(commandLine.strip());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNKNOWN_NAME);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(nearest).contains("--allow-fallback");
  }

  @Test
  void anUnknownDeviceIsPricedByItsClassWhereAFallbackIsAllowed() {
    String training = "estimate training --accelerator h100-sxn --hours 3 --region FR";
    Outcome refused = line(training);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.UNKNOWN_NAME);
    assertThat(refused.err()).contains("h100-sxm").contains("--allow-fallback");
    Outcome allowed = line(training + " --allow-fallback");
    assertThat(allowed.exitCode()).isZero();
    assertThat(allowed.out()).contains("unknown device 'h100-sxn'", "of the class datacentre");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          estimate training --accelerator h100-sxm --hours 3 --region rtx-4090@DE
          estimate text --model gpt-4o --output-tokens 3 --training-hours 1 --served-requests 9 --training-region rtx-4090@DE
          card --model llama-3.1-8b-instruct --accelerator h100-sxm --region rtx-4090@DE
          """)
  void aDeviceOfThePlaceThatContradictsTheAcceleratorIsRefused(String commandLine) {
    Outcome outcome = line(commandLine);
    assertThat(outcome.exitCode()).as(outcome.out()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains("h100-sxm").contains("rtx-4090@DE").contains("contradicts");
  }

  @Test
  void aTrainingMayNameItsDeviceTwice() {
    Outcome outcome =
        line("estimate training --accelerator rtx-4090 --hours 3 --region rtx-4090@DE");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "image", "video --seconds 4", "embedding --input-tokens 5"})
  void whateverIsAskedOfAnUnknownModelAClassOfModelsAnswers(String work) {
    Outcome outcome =
        line(
            "estimate "
                + work
                + " --model zorg --allow-fallback --format json"
                + (work.equals("text") ? " --output-tokens 300" : ""));
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(ratio(outcome)).isGreaterThan(3).isLessThan(1e5);
  }

  @Test
  void namesFromFilesCannotSteerTheTerminal() throws IOException {
    String usage =
        file("usage.csv", "model,team,region,output_tokens\ngpt-4o,\u001b[31mred,FR,5\n");
    Outcome outcome = gtrace("estimate", "--file", usage, "--quarantine", at("q"));
    assertThat(outcome.out()).contains("[31mred").doesNotContain("\u001b");
  }

  @Test
  void aFallbackIsNamedAndWiderThanWhatItStandsFor() {
    Outcome known =
        line(
            "estimate text --model meta-llama/Llama-3.1-70B-Instruct --output-tokens 300 --region FR --format json");
    Outcome unknown =
        line(
            "estimate text --model acme-chat-70b --output-tokens 300 --region FR --allow-fallback"
                + " --format json");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(unknown.out()).contains("unknown model 'acme-chat-70b'");
    assertThat(ratio(unknown)).isGreaterThan(ratio(known));
  }

  @Test
  void aFamilyOfOneIsNoPlural() {
    Outcome outcome =
        line(
            "estimate text --model our-chat-next --allow-fallback --output-tokens 300"
                + " --factors ../docs/examples/factors.yaml");
    assertThat(outcome.out()).contains("taken to be like the only model of the family our-chat");
  }

  private static double ratio(Outcome outcome) {
    JsonNode energy = outcome.json().get("energyKwh");
    return energy.get("high").asDouble() / energy.get("low").asDouble();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          estimate text --model gpt-4o --output-tokens -1                  | --output-tokens must
          estimate text --model gpt-4o --output-tokens 1000000000000       | --output-tokens is
          estimate text --model gpt-4o --output-tokens many                | '--output-tokens': 'many' is not a whole number
          estimate text --model gpt-4o --output-tokens 1.5                 | '1.5' is not a whole number
          estimate text --model gpt-4o --output-tokens 1e99                | '1e99' is far too large
          estimate text --model gpt-4o --requests 0 --output-tokens 3      | --requests must
          estimate text --model gpt-4o                                     | missing --output-tokens
          explain text --model gpt-4o --requests 5                         | missing --output-tokens
          estimate text --model gpt-4o --method ecologits --input-tokens 5 | missing --output-tokens
          estimate image --model dall-e-3 --width -1                       | --width must
          estimate image --model dall-e-3 --width 1e10                     | '--width': '1e10' is far too large
          estimate image --model dall-e-3 --height 1000000                 | --height must
          estimate video --model sora-2 --seconds NaN                      | '--seconds': 'NaN' is not a number
          estimate video --model sora-2 --seconds Infinity                 | 'Infinity' is not a number
          estimate video --model sora-2 --seconds 5 --frames 9 --fps 30    | --seconds times --fps
          estimate audio --task foo --model tts-1 --seconds 3              | 'foo' is none of speech-to-text, text-to-speech, music
          estimate text --model gpt-4o --output-tokens 3 --format xml      | 'xml' is none of text, json, csv
          card --format xls                                                | 'xls' is none of csv, json, parquet
          estimate training --accelerator h100-sxm --hours -5              | --hours must
          estimate training --accelerator h100-sxm --tokens 5              | --active-params
          estimate text --model gpt-4o --output-tokens 3 --training-hours -1 --served-requests 2 | --training-hours must
          estimate text --model gpt-4o --output-tokens 3 --training-hours 1 --served-requests 0.5 | --served-requests must
          estimate text --model gpt-4o --output-tokens 3 --at 2199-01-01   | future
          estimate text --model gpt-4o --output-tokens 3 --at yesterday    | --at
          estimate text --output-tokens 3                                  | --model
          estimate image --model gpt-4o                                    | gpt-4o
          estimate training --accelerator h100-sxm --region FR             | --hours
          estimate text --model gpt-4o --output-tokens 3 --factors no.yaml | no.yaml
          estimate                                                         | estimate
          frobnicate                                                       | there is no command 'gtrace frobnicate'
          xyzzy                                                            | known are: demo, estimate, explain
          estimte --file a.csv                                             | Did you mean: gtrace estimate
          estimate txt --model gpt-4o                                      | Did you mean: estimate text
          estimate video --model sora-2 --seconds 0                        | --seconds must be above 0
          estimate video --model sora-2 --seconds 5 --fps 0                | --fps must be above 0
          estimate audio --task music --model musicgen-large --seconds 0   | --seconds must be above 0
          """)
  void wrongUseGetsOneClearMessageAndNoStackTrace(String commandLine, String named) {
    Outcome outcome = line(commandLine.strip());
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains(named).doesNotContain("\tat ").doesNotContain("Exception");
    // Options, not the fields behind them.
    assertThat(outcome.err()).doesNotContainPattern("\\b[a-z]+[A-Z]");
  }

  @Test
  void wholeNumbersMayBeWrittenAsInFiles() {
    assertThat(line("estimate text --model gpt-4o --region FR --output-tokens 1.2e3").out())
        .isEqualTo(line("estimate text --model gpt-4o --region FR --output-tokens 1200").out());
    assertThat(line("estimate image --model flux.1-dev --region FR --width 1e3").out())
        .isEqualTo(line("estimate image --model flux.1-dev --region FR --width 1000").out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training --accelerator h100-sxm --region FR --flop 1e21 | --flop | --flops",
        "training --accelerator h100-sxm --region FR --tokens 1e9 --active-params 7 | --active-params | --active-parameters",
        "training --accelerator h100-sxm --region FR --tokens 1e9 --active-params 7 | --active-params | --parameters",
        "text --method ecologits --active-params 7 --total-params 7 --output-tokens 9 --latency 5 --tps 63 --ttft 0.9 --grid-carbon 0.4 --grid-adpe 1e-7 --grid-primary-energy 9 --grid-water 3 --pue 1.1 --wue 1 | --total-params | --total-parameters"
      })
  void anOptionHasItsLongNameToo(String work, String name, String longName) {
    Outcome outcome = line("estimate " + work.strip());
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(line("estimate " + work.strip().replace(name + " ", longName + " ")).out())
        .isEqualTo(outcome.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "csv", "json"})
  void aFileWithoutActivitiesIsToldToHaveNone(String format) throws IOException {
    String usage = file("none.csv", "when,model,input_tokens,output_tokens\n");
    Outcome outcome =
        format.equals("text")
            ? gtrace("estimate", "--file", usage)
            : gtrace("estimate", "--file", usage, "--format", format);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.err())
        .contains("no activity was found")
        .contains("none.csv: there is a header and no rows");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatTakesNoFilesIsNamed() throws IOException {
    String usage = file("a.csv", "model,region,output_tokens\ngpt-4o,FR,300\n");
    Outcome outcome = gtrace("estimate", "--file", usage, "--out", "/proc/report.csv");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.MACHINE);
    assertThat(outcome.err())
        .contains(
            "--out /proc/report.csv cannot be written: no file can be made in the folder /proc");
  }

  @Test
  void goodRowsOfABadFileAreAccountedAndTheRestIsQuarantined() throws IOException {
    String usage =
        file(
            "usage.csv",
            """
            when,model,region,input_tokens,output_tokens
            2026-01-01T10:00:00Z,gpt-4o,eu-west-3,500,300
            2026-01-01T10:00:00Z,gpt-4o,eu-west-3,500,-300
            2026-01-01T10:00:00Z,gpt-5o-mega,eu-west-3,500,300
            2026-01-01T10:00:00Z,gpt-4o-mini,eu-west-3,500,300
            """);
    Outcome outcome =
        gtrace(
            "estimate", "--file", usage, "--quarantine", at("refused.jsonl"), "--format", "json");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(outcome.out().lines().map(JSON::readTree)).hasSize(2);
    assertThat(outcome.err())
        .contains("usage.csv, line 3, output_tokens")
        .contains("usage.csv, line 4, model")
        .contains(at("refused.jsonl"));
    assertThat(Files.readAllLines(folder.resolve("refused.jsonl"))).hasSize(2);
  }

  @Test
  void oneActivityIsNoPlural() throws IOException {
    String usage = file("one.csv", "model,region,output_tokens\ngpt-4o,FR,1\n");
    assertThat(gtrace("estimate", "--file", usage).out()).contains("1 activity, 1 token\n");
  }

  @Test
  void aTrainingRunIsPrintedUnderItsOwnNameAsOneHarmlessCell() throws IOException {
    String usage =
        file(
            "usage.csv",
            "model,region,accelerator,hours\n\"=our, tune\",DE,h100-sxm,36\n,DE,h100-sxm,1\n");
    Outcome outcome = gtrace("estimate", "--file", usage, "--format", "csv");
    assertThat(outcome.err()).isEmpty();
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines.get(1)).startsWith(usage + ",2,\"'=our, tune\",DE,");
    assertThat(lines.get(2)).startsWith(usage + ",3,h100-sxm,DE,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"report.html", "report.md", "report.csv", "report.json"})
  void usageFilesBecomeAReport(String name) throws IOException {
    String csv = file("a.csv", "model,region,output_tokens\ngpt-4o,FR,300\n");
    String json = file("b.jsonl", "{\"model\":\"sora-2\",\"region\":\"US-CA\",\"seconds\":5}\n");
    Outcome outcome = gtrace("estimate", "--file", csv, "--file", json, "--out", at(name));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).contains("2 activities").contains(at(name));
    assertThat(Files.readString(folder.resolve(name))).contains("sora-2").contains("gpt-4o");
  }

  @Test
  void theTerminalShowsTheSavingsOfTheReport() throws IOException {
    String usage =
        file(
            "usage.csv",
            """
            model,region,output_tokens,requests
            gpt-4o,DE,3000000,10000
            gpt-4o-mini,azure/swedencentral,3000,10
            """);
    Outcome outcome = gtrace("estimate", "--file", usage, "--out", at("report.json"));
    List<String> actions = new ArrayList<>();
    double last = Double.POSITIVE_INFINITY;
    for (JsonNode lever :
        JSON.readTree(Files.readString(folder.resolve("report.json"))).get("levers")) {
      actions.add(lever.get("action").asString());
      double savedKg = lever.get("savedCarbonKg").get("median").asDouble();
      assertThat(savedKg).isLessThanOrEqualTo(last);
      last = savedKg;
    }
    assertThat(actions).anyMatch(action -> action.startsWith("Run the work of DE"));
    assertThat(
            outcome
                .out()
                .lines()
                .dropWhile(line -> !line.startsWith("What would"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty()))
        .zipSatisfy(actions, (line, action) -> assertThat(line).endsWith(action));
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl", "parquet"})
  void aFileThatIsNoneSaysSo(String ending) throws IOException {
    Path path = folder.resolve("usage." + ending);
    byte[] noise = new byte[100_000];
    new java.util.Random(7).nextBytes(noise);
    try (OutputStream out = Files.newOutputStream(path)) {
      out.write(noise);
    }
    Outcome outcome =
        gtrace(
            "estimate", "--file", path.toString(), "--out", at("r.html"), "--quarantine", at("q"));
    assertThat(outcome.exitCode())
        .as(outcome.err())
        .isIn(ExitCode.WRONG_USAGE, ExitCode.SOME_REFUSED);
    assertThat(outcome.err()).contains("usage." + ending).doesNotContain("Exception");
  }

  @Test
  void aReportThatCannotBeWrittenSaysWhyAndLeavesNothing() {
    Outcome outcome = gtrace("demo", "--out", at("no-such-folder/report.html"));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.MACHINE);
    assertThat(outcome.err()).contains("no-such-folder").doesNotContain("Exception");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theDemoPrintsATableWritesAReportAndSaysWhatNext() throws IOException {
    Outcome outcome = gtrace("demo", "--out", at("report.html"));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .contains("28,185 activities")
        .contains("by model")
        .contains("Report: " + at("report.html"))
        .contains("Next:");
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("</html>")
        .doesNotContainPattern("(src|href)=\"https?://");
  }

  @Test
  void compareRanksAlternativesAndSaysHowSurely() {
    Outcome outcome =
        line("compare text --model gpt-4o,gpt-4o-mini --region FR,PL --output-tokens 300");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out().lines().filter(text -> text.contains("█") || text.contains("▏")))
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(outcome.out()).contains("gpt-4o-mini at FR emits least").contains("probability");
  }

  @Test
  void comparedAlternativesTellHowLikelyTheyEmitLeast() {
    Outcome outcome =
        line("compare text --model gpt-4o,gpt-4o-mini --region FR --output-tokens 3 --format json");
    assertThat(outcome.out().lines())
        .satisfiesExactly(
            more -> assertThat(more).contains("\"probabilityOfLeastCarbon\":0.0"),
            least -> assertThat(least).contains("\"probabilityOfLeastCarbon\":1.0"));
  }

  @Test
  void hoursOfADayAreComparedWhereTheyAreKnown() {
    Outcome day =
        line(
            "compare text --model gpt-4o --region US-CISO --output-tokens 300 --by-hour"
                + " --at 2024-05-01 --format csv");
    assertThat(day.out().lines()).hasSize(25);
    Outcome none = line("compare text --model gpt-4o --region TD --output-tokens 300 --by-hour");
    assertThat(none.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(none.err()).contains("US-CISO");
  }

  @Test
  void hoursOfSeveralModelsAndPlacesAreComparedToOneScale() {
    String work = "compare text --model gpt-4o,gpt-4o-mini --region US-CISO,FR --output-tokens 300";
    Outcome day = line(work + " --by-hour --at 2024-05-01");
    assertThat(day.exitCode()).as(day.err()).isEqualTo(ExitCode.DONE);
    assertThat(day.out().lines().filter(text -> text.matches("\\d\\d:00 UTC .*"))).hasSize(4 * 24);
    assertThat(day.out().lines())
        .contains(
            "gpt-4o at US-CISO", "gpt-4o at FR", "gpt-4o-mini at US-CISO", "gpt-4o-mini at FR");
    assertThat(day.out())
        .containsPattern("gpt-4o-mini at FR, ..:00 UTC emits least: .* with a? ?probability");
    Outcome csv = line(work + " --by-hour --at 2024-05-01 --format csv");
    assertThat(csv.out().lines().distinct()).hasSize(1 + 4 * 24);
  }

  @ParameterizedTest
  @ValueSource(strings = {"US-CISO", "FR"})
  void hoursOfOnePlaceClaimNoProbability(String place) {
    Outcome day =
        line("compare text --model gpt-4o --output-tokens 300 --by-hour --region " + place);
    assertThat(day.out()).contains("emits least").doesNotContain("probability");
  }

  @Test
  void alternativesTooCloseToTellApartAreNotRanked() throws IOException {
    String factors =
        file(
            "halls.yaml",
            """
            data_centres:
              - {name: north-hall, zone: FR, pue: 1.2, wue_l_per_kwh: 0.1}
              - {name: south-hall, zone: FR, pue: 1.201, wue_l_per_kwh: 0.1}
            """);
    String work = "compare text --model gpt-4o --output-tokens 300 --factors " + factors;
    assertThat(line(work + " --region south-hall,north-hall").out())
        .contains("All lie within 1 % of each other")
        .doesNotContain("least")
        .doesNotContain("probability");
    assertThat(line(work + " --region south-hall,north-hall,PL").out())
        .contains("gpt-4o at north-hall emits least")
        .contains("gpt-4o at south-hall lies within 1 % of it")
        .doesNotContain("probability");
  }

  @Test
  void aModelListedTwiceIsComparedOnce() {
    Outcome outcome =
        line("compare text --model gpt-4o,gpt-4o,openai/gpt-4o --region FR,PL --output-tokens 300");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out().lines().filter(text -> text.contains("█"))).hasSize(2);
    assertThat(outcome.err()).contains("gpt-4o at FR is listed more than once").hasLineCount(2);
  }

  @Test
  void explainShowsTheTreeDownToItsSources() {
    Outcome outcome =
        line("explain text --model gpt-4o --output-tokens 300 --region azure/westeurope");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .contains("PUE")
        .contains("requests that share a decode step")
        .contains("ML.ENERGY")
        .contains("output_tokens");
  }

  @Test
  void ownFactorsReplaceShippedOnes() throws IOException {
    String factors =
        file(
            "factors.yaml",
            """
            data_centres:
              - name: my-hall
                zone: FR
                pue: 1.05
                wue_l_per_kwh: 0.1
                contract_g_per_kwh: 10
            """);
    Outcome outcome =
        gtrace(
            "estimate",
            "text",
            "--model",
            "gpt-4o",
            "--output-tokens",
            "300",
            "--region",
            "my-hall",
            "--factors",
            factors,
            "--format",
            "json");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    JsonNode marketBased = outcome.json().get("carbon").get("operationalMarketBasedKg");
    double kwh = outcome.json().get("energyKwh").get("median").asDouble();
    assertThat(marketBased.get("median").asDouble() / kwh).isCloseTo(0.01, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          models sonnet   | claude
          regions paris   | eu-west-3
          devices 4090    | rtx-4090
          models --format json gpt-4o | "total_params_b_low":
          regions --format csv FR     | FR
          """)
  void namesAreLookedUp(String commandLine, String found) {
    Outcome outcome = line(commandLine.strip());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).contains(found.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void theCardIsExported(String format) throws IOException {
    Outcome outcome =
        gtrace(
            "card",
            "--model",
            "gpt-4o",
            "--region",
            "FR",
            "--format",
            format,
            "--out",
            at("card." + format));
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(Files.size(folder.resolve("card." + format))).isPositive();
  }

  @Test
  void theCardOfAnUnknownModelIsThatOfItsClass() {
    String card = "card --model acme-chat-70b --region FR";
    assertThat(line(card).exitCode()).isEqualTo(ExitCode.UNKNOWN_NAME);
    assertThat(line(card).err()).contains("--allow-fallback");
    Outcome outcome = line(card + " --allow-fallback");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).contains("text,acme-chat-70b,FR");
  }

  private static final String EXPLICIT =
      " --output-tokens 200 --latency 5 --tps 63 --ttft 0.95 --grid-carbon 0.3844"
          + " --grid-adpe 9.855e-8 --grid-primary-energy 9.6884 --grid-water 3.1321 --pue 1.09"
          + " --wue 0.999 --format json";

  /** The example of the published methodology. */
  @Test
  void theEcoLogitsMethodTakesEverythingExplicitly() {
    Outcome outcome =
        line("estimate text --method ecologits --active-params 111 --total-params 111" + EXPLICIT);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    double energyKwh = outcome.json().get("energyKwh").get("median").asDouble();
    double carbonKg = outcome.json().get("carbonKg").get("median").asDouble();
    assertThat(energyKwh).isCloseTo(1.0216410036670692e-4, within(1e-9 * energyKwh));
    assertThat(carbonKg).isCloseTo(4.1957168706094415e-5, within(1e-9 * carbonKg));
    assertThat(outcome.json().get("method").asString()).isEqualTo("ecologits");
  }

  @Test
  void theEcoLogitsMethodTakesRangesAndNames() {
    Outcome range =
        line(
            "estimate text --method ecologits --active-params 20..70 --total-params 100..440"
                + EXPLICIT);
    JsonNode energy = range.json().get("energyKwh");
    assertThat(energy.get("low").asDouble()).isLessThan(energy.get("high").asDouble());
    Outcome named =
        line("estimate text --method ecologits --model gpt-4o --output-tokens 300 --region FR");
    assertThat(named.exitCode()).as(named.err()).isEqualTo(ExitCode.DONE);
    assertThat(named.out()).contains("EcoLogits").contains("energy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          estimate text --model gpt-4o --output-tokens 3 --tps 5                | --method ecologits
          estimate text --method ecologits --active-params 5 --output-tokens 3  | --grid-carbon
          estimate text --method ecologits --model gpt-4o --output-tokens 3 --pue 1.1 | --active-params
          estimate text --method ecologits --active-params a..b                 | a..b
          explain text --method ecologits --model gpt-4o --output-tokens 3      | gtrace estimate
          """)
  void optionsOfTheEcoLogitsMethodGoTogether(String commandLine, String named) {
    Outcome outcome = line(commandLine.strip());
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err())
        .contains(named)
        .hasLineCount(outcome.err().contains("all options") ? 2 : 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text --model gpt-4o --input-tokens 700 --output-tokens 300       | token           | 1000
          embedding --model text-embedding-3-small --input-tokens 8000     | token           | 8000
          image --model dall-e-3 --count 4                                 | image           | 4
          video --model sora-2 --seconds 5 --count 2                       | second of video | 10
          audio --task music --model musicgen-large --seconds 30           | second of audio | 30
          training --accelerator h100-sxm --flop 1e21 --region FR          | FLOP            | 1e21
          training --accelerator h100-sxm --tokens 1e9 --active-params 8   | training token  | 1e9
          training --model bloom --accelerator a100-sxm-80gb --hours 1e6   | parameter       | 176e9
          """)
  void aSoftwareCarbonIntensityIsCarbonForOneFunctionalUnit(
      String activity, String unit, double units) {
    JsonNode sci = line("estimate " + activity.strip() + " --method sci --format json").json();
    assertThat(sci.get("functionalUnit").asString()).isEqualTo(unit);
    assertThat(sci.get("units").asDouble()).isCloseTo(units, within(1e-9 * units));
    double carbonKg = sci.get("carbonKg").get("median").asDouble();
    assertThat(sci.get("sciKgPerUnit").get("median").asDouble() * units)
        .isCloseTo(carbonKg, within(1e-9 * carbonKg));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text --model gpt-4o --input-tokens 700 --output-tokens 300       | R = 1,000 tokens in all
          text --model gpt-4o --output-tokens 1                            | R = 1 token in all
          image --model dall-e-3 --count 2                                 | R = 2 images in all
          video --model sora-2 --seconds 5 --count 2                       | R = 10 seconds of video in all
          audio --task music --model musicgen-large --seconds 30.5         | R = 30.5 seconds of audio in all
          training --accelerator h100-sxm --flop 1.5e21 --region FR        | R = 1.5 ZFLOP in all
          training --accelerator h100-sxm --tokens 1e9 --active-params 8   | R = 1,000,000,000 training tokens in all
          """)
  void aScoreIsPrintedInCountsAndUnitsOfItsSize(String activity, String counted) {
    String out = line("estimate " + activity.strip() + " --method sci").out();
    assertThat(out).contains(counted).doesNotContain("0.00");
  }

  @Test
  void aConsumersScoreLeavesTheTrainingOut() {
    Outcome outcome =
        line(
            "estimate text --model gpt-4o --output-tokens 300 --region FR --method sci"
                + " --training-hours 1e6 --served-requests 1e9");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains("consumer").contains("estimate training --method sci");
  }

  @Test
  void whereATrainingIsTakenToHaveRunIsNoted() {
    String charged =
        "estimate text --model gpt-4o --output-tokens 300 --region FR"
            + " --training-hours 1e6 --served-requests 1e9";
    assertThat(line(charged).out()).contains("note: training: no region given: taken to run");
    assertThat(line(charged + " --training-region FR").out()).doesNotContain("note: training");
  }

  @Test
  void aScoreOfTrainingNeedsItsCompute() {
    Outcome outcome =
        line("estimate training --accelerator h100-sxm --hours 5 --region FR --method sci");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains("FLOP");
  }

  private static final String MEASURED = "../gtrace-bench/src/main/resources/io/gtrace/bench/fit/";

  @ParameterizedTest
  @CsvSource({"text, 636, 25, 15", "image, 430, 5, 40", "video, 350, 4, 30"})
  void estimatesAreSetBesideMeasurements(
      String modality, int rows, int models, double mostErrorPercent) {
    Outcome outcome =
        line("validate " + MEASURED + modality + "_generation_gpu_energy.csv --format json");
    assertThat(outcome.err()).isEmpty();
    JsonNode validation = outcome.json().get(modality);
    assertThat(validation.get("rows").asInt()).isEqualTo(rows);
    assertThat(validation.get("models").asInt()).isEqualTo(models);
    assertThat(validation.get("medianAbsolutePercentageError").asDouble())
        .isLessThan(mostErrorPercent);
    assertThat(validation.get("coverage90").asDouble()).isGreaterThan(0.85);
  }

  @Test
  void measurementsThatCannotBeComparedAreNamed() throws IOException {
    String measured =
        file(
            "m.csv",
            """
            model,gpu,avg_batch,energy_per_output_token_j
            meta-llama/Llama-3.1-8B-Instruct,H100,32,0.3
            meta-llama/Llama-3.1-8B-Instruct,H100,32,0
            """);
    Outcome outcome = gtrace("validate", measured);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(outcome.out()).contains("text: 1 row");
    assertThat(outcome.err()).contains("m.csv, line 3, energy_per_output_token_j");
    assertThat(gtrace("validate", file("n.csv", "a,b\n1,2\n")).err()).contains("n.csv");
  }
}
