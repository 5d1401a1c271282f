package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The commands about the pyramid on the organisation that {@code gtrace pyramid demo} makes. */
class PyramidCommandsTest {
  @TempDir private static Path made;
  private static Outcome demo = new Outcome(-1, "", "");

  @TempDir private Path folder;

  @BeforeAll
  static void makeDemo() {
    demo = Outcome.of("pyramid", "demo", "--out", made + "/demo", "--format", "json");
  }

  private static Outcome assess(String... more) {
    return Outcome.of(
        Stream.concat(
                Stream.of(
                    "pyramid",
                    "assess",
                    "--ledger",
                    made + "/demo/ledger",
                    "--profile",
                    made + "/demo/org.yaml"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void theDemoReachesAMiddleLevelAndTellsEachIndicator() throws IOException {
    assertThat(demo.exitCode()).as(demo.err()).isEqualTo(ExitCode.DONE);
    JsonNode json = demo.json();
    assertThat(json.get("reached").asInt()).isEqualTo(3);
    assertThat(json.get("level").asInt()).isEqualTo(3);
    assertThat(json.get("levels")).hasSize(7);
    for (JsonNode level : json.get("levels")) {
      assertThat(level.get("indicators")).hasSize(6);
      for (JsonNode indicator : level.get("indicators")) {
        assertThat(indicator.get("id").asString()).startsWith(level.get("number").asString());
        assertThat(indicator.get("verdict").asString())
            .isIn("PASS", "FAIL", "UNKNOWN", "INDETERMINATE", "NOT_APPLICABLE");
        assertThat(indicator.has("value")).isTrue();
        assertThat(indicator.has("unit")).isTrue();
        assertThat(indicator.has("threshold")).isTrue();
        assertThat(indicator.has("evidence")).isTrue();
      }
    }
    assertThat(demo.err())
        .contains(
            "gtrace study run " + made + "/demo/studio-wave.yaml", "/demo/evidence/surge.csv");
    assertThat(made.resolve("demo/pyramid.html")).content().contains("<svg", "L7 Stewarded");
  }

  @Test
  void theSurgeOfTheDemoBreaksTheBudgetUnlessItsControlChecksIt() throws IOException {
    JsonNode surge = demo.json().get("levels").get(3).get("indicators").get(3);
    assertThat(surge.get("id").asString()).isEqualTo("4.4");
    assertThat(surge.get("verdict").asString()).isEqualTo("FAIL");
    assertThat(surge.at("/worth/carbonKg/median").asDouble()).isPositive();

    Path evidence = made.resolve("demo/evidence/surge.csv");
    String without = Files.readString(evidence);
    Files.writeString(evidence, without.replace("wave,1,", "wave,1,cap-and-small"));
    Outcome checked = assess("--period", "2025-Q4", "--format", "json");
    Files.writeString(evidence, without);
    assertThat(checked.exitCode()).as(checked.err()).isEqualTo(ExitCode.DONE);
    assertThat(checked.json().get("reached").asInt()).isEqualTo(4);
  }

  @Test
  void theDemoNeedsAFolderOfItsOwn() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    Outcome outcome = Outcome.of("pyramid", "demo", "--out", folder.toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains("is not empty");
    assertThat(folder.resolve("mine.txt")).hasContent("mine");
  }

  @Test
  void textDrawsTheStepsAndSaysWhatLiftsItNext() {
    Outcome outcome = assess("--period", "2025-Q4");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    List<String> lines = outcome.out().lines().toList();
    int top = indexOf(lines, "L7 Stewarded");
    int base = indexOf(lines, "L1 Bounded ");
    assertThat(base - top).isEqualTo(6);
    assertThat(lines.get(base).replaceAll("[^█]", "").length())
        .isGreaterThan(lines.get(top).replaceAll("[^░]", "").length());
    assertThat(outcome.out())
        .contains("What lifts it to L4 Controlled", "4.4 gate")
        .contains("smaller defaults in a surge", "of overshoot avoided")
        .contains("then 6 of 6 pass: level 4 is reached")
        .containsPattern("What would avoid most, at the levels above.*\\n  5\\..*CO2e .* abated");
  }

  @Test
  void guidanceTellsOfTheWaveAndOfTheLastWholeQuarterOfTheLedger() {
    Outcome outcome =
        Outcome.of(
            "guide",
            "--for",
            "regulators",
            "--scale",
            "0.00002",
            "--days",
            "2",
            "--ledger",
            made + "/demo/ledger",
            "--profile",
            made + "/demo/org.yaml");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .contains("For regulators", "Efficient defaults", "4.4 Surge readiness: fail")
        .contains("3.2 Hourly zone match: pass")
        .containsPattern("avoids .* CO2e \\(.*\\), .* % \\(.*\\) of it; in \\d+ % of the draws")
        .doesNotContain("-0.0 ", "+-");
  }

  @ParameterizedTest
  @CsvSource({"--ledger,ledger", "--profile,org.yaml", "--period,2025-Q4"})
  void guidanceWantsALedgerAndItsProfileTogether(String option, String value) {
    Outcome outcome = Outcome.of("guide", "--for", "users", option, value);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains("--ledger and --profile belong together");
  }

  private static int indexOf(List<String> lines, String part) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(part)) {
        return i;
      }
    }
    throw new AssertionError(part + " is not in " + lines);
  }

  @Test
  void aStatementSaysWhatAnAssurerSigns() {
    String profile = made + "/demo/org.yaml";
    Outcome outcome =
        Outcome.of(
            "pyramid", "statement", "--profile", profile, "--table", "meters", "--period", "2025");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out().lines().toList())
        .startsWith(
            "gtrace-assurance: 1",
            "organisation: Example AG (made up)",
            "table: meters",
            "period: 2025")
        .last()
        .asString()
        .matches("digest: sha256:[0-9a-f]{64}");
    assertThat(outcome.err()).contains("meters.csv.sig");
    Outcome none =
        Outcome.of(
            "pyramid", "statement", "--profile", profile, "--table", "credits", "--period", "2025");
    assertThat(none.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(none.err()).contains("there is no table of credits");
  }

  @Test
  void csvHasALineForEachIndicatorAndNoFormula() {
    Outcome outcome = assess("--format", "csv");
    assertThat(outcome.out().lines()).hasSize(43);
    assertThat(outcome.out().lines().skip(1)).noneMatch(line -> line.matches("^[=+@].*"));
  }

  @Test
  void faultyEvidenceIsNamedAndTheExitCodeSaysSo() throws IOException {
    Outcome written = Outcome.of("pyramid", "init", "--out", folder.toString());
    assertThat(written.exitCode()).isEqualTo(ExitCode.DONE);
    Files.writeString(
        folder.resolve("evidence/sites.csv"), "site,site_class,year,pue\nDE,on-prem,2025,0.9\n");
    Outcome outcome =
        Outcome.of(
            "pyramid",
            "assess",
            "--ledger",
            made + "/demo/ledger",
            "--profile",
            folder.resolve("org.yaml").toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(outcome.out()).contains("sites.csv, line 2", "'0.9' cannot be below 1");
  }

  @Test
  void initLeavesWhatIsThereAsItIs() throws IOException {
    Files.writeString(folder.resolve("org.yaml"), "organisation: Mine\n");
    Outcome outcome = Outcome.of("pyramid", "init", "--out", folder.toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(folder.resolve("org.yaml")).hasContent("organisation: Mine\n");
    assertThat(folder.resolve("schemas/meters.schema.json")).content().contains("energy_kwh");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "organisation: [1]           | org.yaml, line 1",
        "organization: Example       | organisation",
        "'organisation: A\nbaseline: {period: 2025-Q1, frozen_on: soon}' | line 2, baseline.frozen_on",
        "''                          | is empty",
      })
  void aWrongProfileIsToldWithItsLine(String yaml, String message) throws IOException {
    Path profile = folder.resolve("org.yaml");
    Files.writeString(profile, yaml);
    Outcome outcome =
        Outcome.of(
            "pyramid",
            "assess",
            "--ledger",
            made + "/demo/ledger",
            "--profile",
            profile.toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains(message);
  }

  @Test
  void aWrongPeriodAndALedgerThatIsNotThereAreTold() {
    assertThat(assess("--period", "summer").err()).contains("is no period such as 2025");
    Outcome none =
        Outcome.of(
            "pyramid",
            "assess",
            "--ledger",
            folder + "/none",
            "--profile",
            made + "/demo/org.yaml");
    assertThat(none.exitCode()).isEqualTo(ExitCode.LEDGER);
  }

  @Test
  void aPeriodThatIsNotOverIsNotRecordedAndAPartOfOneIsTold() {
    Outcome ahead = assess("--period", "2999", "--record");
    assertThat(ahead.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(ahead.err()).contains("is not over");
    assertThat(assess("--period", "2026").out()).contains("Note: the ledger ends at 2026-01-01");
  }

  @Test
  void aPageGoesNeitherIntoTheLedgerNorUnderAnotherEnding() {
    Path head = made.resolve("demo/ledger/HEAD.html");
    Outcome inside = assess("--out", head.toString());
    assertThat(inside.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(inside.err()).contains("would lie in");
    assertThat(assess("--out", folder + "/page.csv").err()).contains("let its name end in .html");
  }

  @Test
  void aLedgerOfAFewDaysIsAssessedInTheQuarterOfThoseDays() throws IOException {
    Path usage = folder.resolve("usage.csv");
    Files.writeString(
        usage,
        """
        model,site,when,app,output_tokens
        llama-3.1-8b-instruct,FR,2025-10-05T10:00Z,"chat
          1.2 gate  pass",300
        """);
    String ledger = folder.resolve("ledger").toString();
    assertThat(Outcome.of("ingest", usage + "", "--ledger", ledger).exitCode())
        .isEqualTo(ExitCode.DONE);
    Path profile = folder.resolve("org.yaml");
    Files.writeString(profile, "organisation: Small\n");
    Outcome outcome =
        Outcome.of("pyramid", "assess", "--ledger", ledger, "--profile", profile.toString());
    assertThat(outcome.out()).startsWith("Small, 2025-Q4").contains("Carbon ");
    assertThat(outcome.out().lines()).noneMatch(line -> line.equals("  1.2 gate  pass"));
  }

  @Test
  void whatDepartsFromTheUsualPyramidStandsAtTheTop() throws IOException {
    Path profile = made.resolve("demo/loose.yaml");
    Files.writeString(
        profile,
        """
        organisation: Loose
        target: {base_year: 2025, yearly_reduction: 0.01}
        thresholds: {"2.1": 50}
        not_applicable: {"4.4": "we have no surges to fear"}
        """);
    Outcome outcome =
        Outcome.of(
            "pyramid", "assess", "--ledger", made + "/demo/ledger", "--profile", profile + "");
    assertThat(outcome.out().lines().limit(6))
        .anyMatch(line -> line.contains("2.1 metered energy: loosened from ≥ 70 to ≥ 50"))
        .anyMatch(line -> line.contains("4.4 gate excused: we have no surges to fear"))
        .anyMatch(line -> line.contains("7.1 yearly reduction: loosened from 0.042 to 0.01"));
  }

  @Test
  void anEmptyPeriodIsUnknownAndNotAFault() {
    Outcome outcome = assess("--period", "2020-Q1", "--format", "json");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.json().get("reached").asInt()).isZero();
    assertThat(outcome.out()).contains("the ledger has nothing in 2020-Q1");
  }
}
