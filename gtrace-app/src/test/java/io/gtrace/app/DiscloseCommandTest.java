package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Forms from the command line. */
class DiscloseCommandTest {
  private static final Path EXAMPLES = Path.of("..", "docs", "examples");

  @TempDir static Path shared;

  @TempDir Path folder;

  @BeforeAll
  static void fillLedger() {
    Outcome outcome =
        Outcome.of(
            "ingest",
            EXAMPLES.resolve("usage.csv").toString(),
            "--ledger",
            shared.resolve("ledger").toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
  }

  @BeforeEach
  void copyOrganisation() throws IOException {
    Path from = EXAMPLES.resolve("disclosure");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(from.relativize(file).toString());
        Files.createDirectories(folder.resolve("evidence"));
        Files.copy(file, to);
      }
    }
  }

  private Outcome disclose(String... more) {
    return Outcome.of(
        Stream.concat(
                Stream.of(
                    "disclose",
                    "--ledger",
                    shared.resolve("ledger").toString(),
                    "--profile",
                    folder.resolve("org.yaml").toString(),
                    "--period",
                    "2026-Q1"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static JsonNode field(JsonNode form, String id) {
    for (JsonNode field : form.get("fields")) {
      if (field.get("id").asString().equals(id)) {
        return field;
      }
    }
    throw new AssertionError("no field " + id);
  }

  @Test
  void listsStandardsWithTheirStatus() {
    Outcome outcome = Outcome.of("disclose", "--list");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out().lines())
        .anyMatch(line -> line.startsWith("ghg") && line.contains("published"))
        .anyMatch(line -> line.startsWith("sbti") && line.contains("explained"));
  }

  @Test
  void standardsOfTheProfileAreFilledByDefault() {
    Outcome outcome = disclose("--format", "json");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    JsonNode forms = outcome.json().get("forms");
    assertThat(forms).hasSize(3);
    for (JsonNode form : forms) {
      assertThat(form.get("filled").asInt()).isEqualTo(form.get("required").asInt());
      assertThat(form.get("breaches")).isEmpty();
    }
  }

  /** What a shell makes of a printed command, without running it. */
  private static List<String> words(String command) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\0' " + command.replaceFirst("^gtrace ", ""))
            .start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).isZero();
    return new ArrayList<>(Arrays.asList(printed.split("\0")));
  }

  @Test
  void aPrintedQueryCanBePastedAndGivesTheFigure() throws IOException, InterruptedException {
    JsonNode form = disclose("--format", "json", "--standard", "ghg").json().get("forms").get(0);
    JsonNode total = field(form, "total-location").get("answers").get(0);
    assertThat(total.get("queryGivesTheFigure").asBoolean()).isTrue();
    Outcome asked = Outcome.of(words(total.get("query").asString()).toArray(String[]::new));
    assertThat(asked.exitCode()).as(asked.err()).isEqualTo(ExitCode.DONE);
    double expected = total.get("value").asDouble();
    assertThat(Double.parseDouble(asked.out().lines().skip(1).findFirst().orElseThrow()))
        .isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void aFigureAndItsIntervalAreWrittenAlikeForPeople() {
    String text = disclose("--standard", "sci,ghg").out();
    assertThat(text)
        .containsPattern("R: functional units \\(text\\): \\d{1,3}(,\\d{3})+(\\.\\d+)? token")
        .doesNotContainPattern(": \\d{4,}[ .]")
        .doesNotContain("(100 to 100)");
  }

  @Test
  void whatIsMissingIsToldAndFailsOnlyIfAsked() {
    Outcome told = disclose("--standard", "cdp");
    assertThat(told.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(told.err()).contains("cdp: ").contains("required fields missing");
    assertThat(disclose("--standard", "cdp", "--strict").exitCode()).isEqualTo(ExitCode.GATE);
    assertThat(disclose("--standard", "ghg", "--strict").exitCode()).isEqualTo(ExitCode.DONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "markdown", "csv", "json"})
  void draftsAreMarkedInEveryFormat(String format) {
    String sbti = disclose("--standard", "sbti", "--format", format).out();
    String revision = disclose("--standard", "ghg", "--format", format).out();
    switch (format) {
      case "json" -> {
        assertThat(sbti).contains("\"mark\":\"EXPLAINED, not in force").contains("\"draft\":true");
        assertThat(revision).contains("\"draft\":true").contains("\"draft\":false");
      }
      case "csv" -> {
        assertThat(sbti.lines().skip(1)).isNotEmpty().allMatch(line -> line.contains(",DRAFT,"));
        assertThat(revision.lines().filter(line -> line.contains(",matched-hourly,")))
            .isNotEmpty()
            .allMatch(line -> line.contains(",DRAFT,"));
        assertThat(revision.lines().filter(line -> line.contains(",scope-2-market,")))
            .noneMatch(line -> line.contains(",DRAFT,"));
      }
      default -> {
        assertThat(sbti).contains("EXPLAINED, not in force");
        assertThat(revision).contains("DRAFT: Revision of scope 2");
      }
    }
  }

  @Test
  void namesFromFilesAreNoFormulasAndNoMarkup() throws IOException {
    Path profile = folder.resolve("org.yaml");
    Files.writeString(
        profile,
        Files.readString(profile)
            .replace("Example Ltd", "\"=HYPERLINK(1)\"")
            .replace("operational control", "equity share")
            .replaceFirst("instruments: .*", "instruments: \"@SUM(1) | <b>[x](y)</b>\""));
    Outcome csv = disclose("--standard", "ghg", "--format", "csv");
    assertThat(csv.exitCode()).as(csv.err()).isEqualTo(ExitCode.DONE);
    assertThat(csv.out()).contains(",'=HYPERLINK(1),").contains(",'@SUM(1)");
    String markdown = disclose("--standard", "ghg", "--format", "markdown").out();
    assertThat(markdown).contains("\\| &lt;b&gt;\\[x\\](y)&lt;/b&gt;").doesNotContain("<b>");
  }

  @Test
  void aManifestIsEvidenceOfTraceableFigures() throws IOException {
    Path figures = folder.resolve("evidence").resolve("figures.csv");
    Outcome outcome =
        disclose(
            "--manifest",
            figures.toString(),
            "--out",
            folder + "/forms.md",
            "--format",
            "markdown");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).isEmpty();
    assertThat(Files.readString(folder.resolve("forms.md"))).contains("# GHG Protocol");
    assertThat(Files.readString(figures))
        .startsWith("figure,value,unit,query,seal,accounts,netted_kg,partial\n")
        .contains("ghg/scope-2-location,")
        .contains("sci/score/text,");
    Outcome again = disclose("--standard", "sci");
    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whatCannotBeUsedIsNamedAndTheRestIsFilled() throws IOException {
    Files.writeString(
        folder.resolve("evidence").resolve("credits.csv"),
        "credit,retired_on,carbon_kg,netted_into\nVCS-1,2026-03-31,minus one,none\n");
    Outcome outcome = disclose("--standard", "ghg");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(outcome.err()).contains("credits.csv, line 2").contains("carbon_kg");
    assertThat(outcome.out()).contains("17 of 17 required fields filled");
  }

  @Test
  void wrongUsageIsNamed() {
    assertThat(disclose("--standard", "gri").err()).contains("'gri' is none of sci, sci-ai, ghg");
    assertThat(disclose("--standard", "gri").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(disclose("--audience", "friends").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(Outcome.of("disclose").err()).contains("disclose needs --ledger");
    assertThat(
            Outcome.of(
                    "disclose",
                    "--ledger",
                    folder.resolve("none").toString(),
                    "--profile",
                    folder.resolve("org.yaml").toString())
                .exitCode())
        .isEqualTo(ExitCode.LEDGER);
  }

  @Test
  void whoBuildsOnAModelReadsNoComputeOfItsTraining() {
    JsonNode form =
        disclose("--standard", "eu-ai-act-xi", "--audience", "downstream", "--format", "json")
            .json()
            .get("forms")
            .get(0);
    List<String> ids = new ArrayList<>();
    form.get("fields").forEach(each -> ids.add(each.get("id").asString()));
    assertThat(ids).contains("provider", "model-name").doesNotContain("compute", "energy");
  }
}
