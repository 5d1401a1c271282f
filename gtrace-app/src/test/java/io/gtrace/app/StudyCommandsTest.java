package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StudyCommandsTest {
  @TempDir Path folder;

  @Test
  void aRunPrintsTheSameJsonForAnyNumberOfThreads() {
    String[] command = {
      "study",
      "run",
      "ghibli-2025",
      "--scale",
      "0.0002",
      "--days",
      "5",
      "--seed",
      "7",
      "--format",
      "json",
      "--threads",
      "1"
    };
    Outcome one = Outcome.of(command);
    command[command.length - 1] = "3";
    Outcome three = Outcome.of(command);

    assertThat(one.exitCode()).as(one.err()).isEqualTo(ExitCode.DONE);
    assertThat(three.out()).isEqualTo(one.out());
    JsonNode json = one.json();
    assertThat(json.get("hours").asInt()).isEqualTo(120);
    assertThat(json.get("adopters").get("median").asDouble()).isPositive();
    assertThat(json.get("footprint").get("energyKwh").get("high").asDouble())
        .isGreaterThan(json.get("footprint").get("energyKwh").get("low").asDouble());
    assertThat(json.get("counted").get("outputs").get("median").asDouble())
        .isLessThan(json.get("outputs").get("median").asDouble());
    assertThat(json.get("references").get(0).get("energyMwh").asDouble()).isEqualTo(4309);
    assertThat(json.get("references").get(0).get("ourShareBelowEnergy").asDouble())
        .isBetween(0.0, 1.0);
  }

  @Test
  void resultsGoIntoAFolderAsJsonAndParquet() throws SQLException, IOException {
    Path results = folder.resolve("results");
    Outcome outcome =
        Outcome.of(
            "study",
            "run",
            "ghibli-2025",
            "--scale",
            "0.0001",
            "--days",
            "5",
            "--out",
            results.toString());

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).contains("took part", "carbon", "Beside paper");
    assertThat(results.resolve("outcome.json")).isNotEmptyFile();
    assertThat(results.resolve("story.html")).content().contains("</html>", "Ghibli");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      double ofHours = sum(statement, results.resolve("hours.parquet"), "");
      double ofCountries =
          sum(statement, results.resolve("groups.parquet"), " WHERE kind <> 'venue'");
      double ofVenues = sum(statement, results.resolve("groups.parquet"), " WHERE kind = 'venue'");
      assertThat(ofHours).isPositive();
      assertThat(ofCountries).isCloseTo(ofHours, within(ofHours * 1e-9));
      assertThat(ofVenues).isCloseTo(ofHours, within(ofHours * 1e-9));
    }
    Outcome listed = Outcome.of("study", "list", "--in", folder.toString(), "--format", "json");
    JsonNode run = listed.json().get(0);
    assertThat(run.get("run").asString()).isEqualTo(results.toString());
    assertThat(run.get("hours").asInt()).isEqualTo(120);
    Outcome compared =
        Outcome.of("study", "compare", results.toString(), results.toString(), "--format", "json");
    assertThat(compared.json().get(1).get("carbon_kg")).isEqualTo(run.get("carbon_kg"));
    Path damaged = Files.createDirectory(folder.resolve("damaged"));
    Files.writeString(damaged.resolve("outcome.json"), "{");
    Outcome rest = Outcome.of("study", "list", "--in", folder.toString(), "--format", "json");
    assertThat(rest.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(rest.err()).contains("outcome.json: is not the result of a study");
    assertThat(rest.json().get(0)).isEqualTo(run);
    assertThat(Outcome.of("study", "list", "--in", "nowhere").err()).contains("there is no folder");
  }

  @Test
  void twoRunsDoNotMixTheirFilesInOneFolder() {
    Path results = folder.resolve("shared");
    String[] command = {
      "study", "run", "sir", "--scale", "0.001", "--days", "2", "--out", results.toString()
    };
    try (StudyFolder other = StudyFolder.open(results)) {
      Outcome second = Outcome.of(command);
      assertThat(second.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
      assertThat(second.err()).contains("--out " + other.path() + ": another run will write there");
    }
    Outcome after = Outcome.of(command);
    assertThat(after.exitCode()).as(after.err()).isEqualTo(ExitCode.DONE);
    assertThat(results).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void aFitSetsInputsBeforeAndAfterBesideEachOther() throws IOException {
    Path page = folder.resolve("fit.html");
    Outcome outcome =
        Outcome.of(
            "study",
            "fit",
            "ghibli-2025",
            "--scale",
            "0.00003",
            "--runs",
            "20",
            "--generations",
            "2",
            "--out",
            page.toString(),
            "--format",
            "json");

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(page).content().contains("posterior predictive", "held out", "What was counted");
    assertThat(Outcome.of("study", "fit", "sir", "--coverage", "2", "--out", page.toString()).err())
        .contains("leave out one of them");
    JsonNode json = outcome.json();
    assertThat(json.get("inputs").size()).isGreaterThan(8);
    assertThat(json.get("observations").get(0).get("published").asDouble()).isEqualTo(130e6);
    assertThat(Outcome.of("study", "fit", "sir").err()).contains("no observations ship with it");
  }

  @Test
  void theShapeOfATrendIsFittedAndDaysThatAreHeldOutAreForetold() throws IOException {
    String csv =
        """
        Category: All categories

        Day,ghibli: (Worldwide)
        2025-03-25,1
        2025-03-26,1
        2025-03-27,2
        2025-03-28,9
        2025-03-29,30
        2025-03-30,70
        2025-03-31,100
        2025-04-01,95
        2025-04-02,80
        2025-04-03,60
        """;
    Path trend = Files.writeString(folder.resolve("trend.csv"), csv);
    String[] fit = {
      "study",
      "fit",
      "ghibli-2025",
      "--trend",
      trend.toString(),
      "--scale",
      "0.00003",
      "--runs",
      "20",
      "--generations",
      "2",
      "--hold-out-from",
      "2025-04-02",
      "--format",
      "json"
    };

    Outcome outcome = Outcome.of(fit);

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    JsonNode series = outcome.json().get("series").get(0);
    assertThat(series.get("name").asString()).contains("ghibli");
    // Of ten days two lie before the wave and give the level without it; one holds its begin.
    assertThat(series.get("periods").size()).isEqualTo(7);
    assertThat(series.get("periods").get(0).get("level").asDouble()).isEqualTo(8);
    assertThat(series.get("periods").get(5).get("heldOut").asBoolean()).isTrue();
    assertThat(series.get("periods").get(4).get("heldOut").asBoolean()).isFalse();
    assertThat(
            Outcome.of("study", "fit", "sir", "--trend", trend.toString(), "--trend-of", "likes")
                .err())
        .contains("--trend-of must be noticed, searches, adopters or outputs");
    assertThat(Outcome.of("study", "fit", "ghibli-2025", "--coverage", "0").err())
        .contains("--coverage must be 1 to");
  }

  private static double sum(Statement statement, Path file, String where) throws SQLException {
    try (ResultSet sum =
        statement.executeQuery("SELECT sum(energy_kwh) FROM '" + file + "'" + where)) {
      sum.next();
      return sum.getDouble(1);
    }
  }

  @Test
  void aNewStudyRunsAndIsComparedWithTheOneItExtends() throws IOException {
    Path file = folder.resolve("my wave.yaml");
    Outcome made = Outcome.of("study", "new", "--from", "ghibli-2025", "--out", file.toString());
    assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCode.DONE);
    Files.writeString(
        file, Files.readString(file) + "use: {outputs-per-session: 2, trial-share: 0.1}\n");

    Outcome compared =
        Outcome.of(
            "study",
            "compare",
            "ghibli-2025",
            file.toString(),
            "--scale",
            "0.0001",
            "--days",
            "5",
            "--format",
            "json");

    assertThat(compared.exitCode()).as(compared.err()).isEqualTo(ExitCode.DONE);
    JsonNode lines = compared.json();
    assertThat(lines.get(1).get("study").asString()).isEqualTo("my-wave");
    assertThat(lines.get(1).get("carbon_kg").asDouble())
        .isLessThan(0.5 * lines.get(0).get("carbon_kg").asDouble());
    assertThat(Outcome.of("study", "new", "--out", file.toString()).err())
        .contains("is there already");
  }

  @Test
  void shippedStudiesAreListedAndTheSchemaIsPrinted() {
    assertThat(Outcome.of("study", "list").out()).contains("ghibli-2025", "decentralised", "sir");
    assertThat(Outcome.of("study", "schema").out()).contains("\"$schema\"");
  }

  @Test
  void slipsAreToldPlainly() throws IOException {
    Path bad =
        Files.writeString(
            folder.resolve("bad.yaml"),
            """
            study: bad
            extends: ghibli-2025
            title: Bad
            services:
              - {id: chatgpt, model: gpt-imagine-7}
            """);

    Outcome unknownStudy = Outcome.of("study", "run", "ghibly");
    Outcome unknownModel = Outcome.of("study", "run", bad.toString(), "--scale", "0.0001");
    Outcome scale = Outcome.of("study", "run", "ghibli-2025", "--scale", "2");
    Outcome days = Outcome.of("study", "run", "ghibli-2025", "--days", "-1");
    Outcome nothing = Outcome.of("study");

    assertThat(unknownStudy.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(unknownStudy.err()).contains("there is no such study", "ghibli-2025");
    assertThat(unknownModel.exitCode()).isEqualTo(ExitCode.UNKNOWN_NAME);
    assertThat(unknownModel.err())
        .contains("bad.yaml, line 5, services.0.model: unknown model 'gpt-imagine-7'");
    assertThat(scale.err()).contains("scale must be above 0 and at most 1");
    assertThat(days.err()).contains("--days");
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
  }
}
