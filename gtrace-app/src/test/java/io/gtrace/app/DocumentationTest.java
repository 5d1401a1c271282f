package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.gtrace.footprint.Footprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents tell people to type does what they say. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");

  /** What one command leaves the next one asks. */
  @TempDir static Path ledgers;

  @TempDir Path folder;

  static Stream<String> commands() throws IOException {
    return Stream.of(
            "README.md",
            "docs/rate-card.md",
            "docs/validation.md",
            "docs/trends.md",
            "docs/disclosures.md")
        .flatMap(file -> read(file).replace("\\\n", " ").lines())
        .map(String::strip)
        // Servers run until they are told to end, and measured commands are people's own; their own
        // tests start them.
        .filter(line ->
            line.startsWith("./gtrace ")
                && !line.matches("./gtrace (serve|mcp|watch|meter .*--) .*"));
  }

  private static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(String commandLine) {
    String[] args =
        commandLine
            .replace("docs/", ROOT.resolve("docs") + "/")
            .replace("gtrace-bench/", ROOT.resolve("gtrace-bench") + "/")
            .replaceAll("--out ", "--out " + folder + "/")
            .replaceAll("--ledger ", "--ledger " + ledgers + "/")
            .strip()
            .split("\\s+");
    Outcome outcome = Outcome.of(args);
    assertThat(outcome.exitCode()).as(commandLine + "\n" + outcome.err()).isEqualTo(ExitCode.DONE);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandRuns(String line) {
    String command = line.replaceFirst("^./gtrace ", "");
    run(command.equals("demo") ? "demo --out report.html" : command);
  }

  @Test
  void theQueryOverTheCardGivesTheFiguresOfTheApi() throws IOException, SQLException {
    String text = read("docs/rate-card.md");
    int start = text.indexOf("```sql\n") + "```sql\n".length();
    String query = text.substring(start, text.indexOf("```", start));
    run("card --model gpt-4o --region FR --format parquet --out card.parquet");
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
