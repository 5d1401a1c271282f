package io.gtrace.app;

import static io.gtrace.app.DocumentedCommands.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.gtrace.app.DocumentedCommands.Command;
import io.gtrace.footprint.Footprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the documents tell people to type does what they say. */
class DocumentationTest {
  /** What one command leaves the next one asks. */
  @TempDir static Path ledgers;

  @TempDir Path folder;

  /** Documents of which every command is tried, one after the other. */
  static Stream<Command> commandsThatRun() {
    return Stream.of(
            "README.md",
            "docs/estimates.md",
            "docs/factors.md",
            "docs/tutorial.md",
            "docs/start-gateway.md",
            "docs/start-sustainability.md",
            "docs/start-research.md",
            "docs/start-java.md",
            "docs/advice.md",
            "docs/rate-card.md",
            "docs/validation.md",
            "docs/trends.md",
            "docs/disclosures.md")
        .flatMap(document -> DocumentedCommands.inBlocks(document).stream())
        // Servers run until they are told to end, and measured commands are people's own; their own
        // tests start them.
        .filter(command -> !command.line().matches("((serve|mcp|watch)\\b|meter .*--).*"))
        // Files of the reader's own.
        .filter(command -> !command.line().matches(".*(--grid-hours|--port) .*"));
  }

  static Stream<Command> commandsOfAllDocuments() throws IOException {
    return DocumentedCommands.documents().stream()
        .flatMap(document -> DocumentedCommands.inBlocks(document).stream())
        .filter(DocumentationTest::isOfTheCommandLine);
  }

  private static boolean isOfTheCommandLine(Command command) {
    return !DocumentedCommands.ofTheLauncher().contains(command.words()[0]);
  }

  static Stream<Command> commandsThatTextsName() throws IOException {
    return DocumentedCommands.documents().stream()
        .flatMap(document -> DocumentedCommands.inTexts(document).stream())
        .filter(DocumentationTest::isOfTheCommandLine)
        .distinct();
  }

  private void run(Command command) {
    List<String> args = new ArrayList<>();
    String before = "";
    for (String word : command.words()) {
      args.add(
          switch (before) {
            case "--out" -> folder.resolve(word).toString();
            case "--ledger" -> ledgers.resolve(word).toString();
            default ->
                word.matches("(docs|gtrace-[a-z]+)/.*") ? ROOT.resolve(word).toString() : word;
          });
      before = word;
    }
    Outcome outcome = Outcome.of(args.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(command + "\n" + outcome.err()).isEqualTo(ExitCode.DONE);
  }

  @ParameterizedTest
  @MethodSource("commandsThatRun")
  void everyCommandRuns(Command command) {
    run(
        command.line().equals("demo")
            ? new Command(command.document(), "demo --out report.html")
            : command);
  }

  @ParameterizedTest
  @MethodSource("commandsOfAllDocuments")
  void everyCommandAndItsOptionsExist(Command command) {
    assertThat(command.line()).isNotEmpty();
    if (command.line().contains("...") || command.line().contains("…")) {
      requireNames(command);
      return;
    }
    CommandLine gtrace = Main.commandLine();
    assertThatCode(() -> gtrace.parseArgs(command.words()))
        .as(command.toString())
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("commandsThatTextsName")
  void everyCommandThatATextNamesExists(Command command) {
    requireNames(command);
  }

  /** Commands and options exist, whatever else would have to be there to run them. */
  private static void requireNames(Command command) {
    CommandLine at = Main.commandLine();
    boolean first = true;
    for (String word : command.words()) {
      String option = word.replaceFirst("=.*", "");
      if (word.startsWith("--") && word.length() > 2) {
        assertThat(at.getCommandSpec().optionsMap()).as(command.toString()).containsKey(option);
      } else if (at.getSubcommands().containsKey(word)) {
        at = at.getSubcommands().get(word);
      } else {
        assertThat(first).as(command + " is no command").isFalse();
      }
      first = false;
    }
  }

  @Test
  void theQueryOverTheCardGivesTheFiguresOfTheApi() throws IOException, SQLException {
    String text = DocumentedCommands.read("docs/rate-card.md");
    int start = text.indexOf("```sql\n") + "```sql\n".length();
    String query = text.substring(start, text.indexOf("```", start));
    run(
        new Command(
            "docs/rate-card.md",
            "card --model gpt-4o --region FR --format parquet --out card.parquet"));
    Files.writeString(
        folder.resolve("usage.csv"),
        "model,region,input_tokens,output_tokens\ngpt-4o,FR,500,300\ngpt-4o,FR,12000,50\n");
    Footprint expected = GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("FR"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET file_search_path = '" + folder + "'");
      ResultSet rows = statement.executeQuery(query);
      assertThat(rows.next()).isTrue();
      double energyKwh = expected.energyKwh().median();
      assertThat(rows.getDouble("energy_kwh")).isCloseTo(energyKwh, within(1e-9 * energyKwh));
      double carbonKg = expected.carbonKg().median();
      assertThat(rows.getDouble("carbon_kg")).isCloseTo(carbonKg, within(1e-9 * carbonKg));
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isFalse();
    }
  }
}
