package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final String ROW = "Qwen/Qwen3-8B,H100,31,0.163\n";
  private static final String HEADER = "model,gpu,avg_batch,energy_per_output_token_j\n";

  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void anUnseenModelIsTakenToBeLessCertain() throws IOException {
    String file = file("m.csv", HEADER + ROW);
    Outcome seen = Outcome.of("validate", file, "--format", "csv");
    Outcome unseen = Outcome.of("validate", file, "--format", "csv", "--unseen");
    assertThat(seen.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(unseen.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(width(unseen.out())).isGreaterThan(1.1 * width(seen.out()));
  }

  private static double width(String csv) {
    String[] fields = csv.lines().skip(1).findFirst().orElseThrow().split(",", -1);
    return Double.parseDouble(fields[6]) / Double.parseDouble(fields[5]);
  }

  @Test
  void aMappingReadsAnotherFileAndItsFaultsAreNamed() throws IOException {
    String file = file("m.csv", "Model,B,Wh per 1000\nQwen/Qwen3-8B,31,0.0453\n");
    String mapping =
        """
        columns: {model: Model, avg_batch: B, energy_per_output_token_j: Wh per 1000}
        constants: {gpu: H100}
        factors: {energy_per_output_token_j: 3.6}
        """;
    Outcome mapped = Outcome.of("validate", file, "--mapping", file("m.yaml", mapping));
    assertThat(mapped.exitCode()).as(mapped.err()).isEqualTo(ExitCode.DONE);
    assertThat(mapped.out()).contains("text: 1 row, 1 model");
    Outcome wrong =
        Outcome.of("validate", file, "--mapping", file("w.yaml", "columns: {modle: x}"));
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(wrong.err()).contains("w.yaml", "modle", "model").doesNotContain("Exception");
  }

  @Test
  void rowsInAnotherUnitAreToldAndTheRestIsCompared() throws IOException {
    Outcome outcome =
        Outcome.of("validate", file("m.csv", HEADER + ROW + "Qwen/Qwen3-8B,H100,64,0.00003\n"));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(outcome.err()).contains("m.csv, line 3", "another unit");
    assertThat(outcome.out()).contains("text: 1 row, 1 model");
  }

  @Test
  void everyRowThatIsNotComparedIsToldByLine() throws IOException {
    String rows =
        """
        Qwen/Qwen3-8B,H100,31,0.163
        Qwen/Qwen3-8B,H100,64,163
        Qwen/Qwen3-8B,H100,31,0
        Qwen/Qwen3-8B,H100,31,
        Qwen/Qwen3-8B,Z9000,64,0.1
        Qwen/Qwen3-8B,H100,NaN,0.1
        Qwen/Qwen3-8B,H100,64,0,1
        ,H100,64,0.1
        """;
    Outcome outcome = Outcome.of("validate", file("m.csv", HEADER + ROW + rows));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(outcome.out()).contains("text: 1 row, 1 model");
    assertThat(outcome.err().lines().skip(1))
        .hasSize(8)
        .satisfiesExactly(
            line -> assertThat(line).contains("line 3", "same as line 2"),
            line -> assertThat(line).contains("line 4", "another unit"),
            line -> assertThat(line).contains("line 5", "0.00001 to 100000, not 0;", "joules"),
            line -> assertThat(line).contains("line 6", "is empty"),
            line -> assertThat(line).contains("line 7", "unknown device 'Z9000'"),
            line -> assertThat(line).contains("line 8", "avg_batch", "not NaN"),
            line -> assertThat(line).contains("line 9", "5 fields below 4 columns"),
            line -> assertThat(line).contains("line 10", "model", "is empty"));
  }

  @Test
  void aModelFarOutsideTheFitIsEstimatedWiderAndSaidToBe() throws IOException {
    String rows = "acme-70b,H100,64,2\nacme-5000b,H100,64,200\n";
    Outcome outcome = Outcome.of("validate", file("m.csv", HEADER + rows), "--format", "csv");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    String[] lines = outcome.out().split("\n", -1);
    assertThat(lines[1]).doesNotContain("extrapolated");
    assertThat(lines[2]).contains("extrapolated: ", "the law was fitted to");
    assertThat(width(lines[0] + "\n" + lines[2])).isGreaterThan(3 * width(outcome.out()));
  }

  @Test
  void aFileThatLacksColumnsLeavesTheOthers() throws IOException {
    String lacking = file("lacking.csv", "model,gpu,energy_per_output_token_j\na,H100,0.1\n");
    Outcome both = Outcome.of("validate", file("m.csv", HEADER + ROW), lacking);
    assertThat(both.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(both.out()).contains("text: 1 row, 1 model");
    assertThat(both.err()).contains("lacking.csv: lacks the column avg_batch");
    Outcome alone = Outcome.of("validate", lacking);
    assertThat(alone.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(alone.err()).contains("lacking.csv: lacks the column avg_batch").hasLineCount(1);
  }

  @Test
  void aFileThatIsNotThereIsSaidNotToBe() {
    Outcome outcome = Outcome.of("validate", folder.resolve("none.csv").toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains("none.csv: there is no such file");
  }

  @Test
  void thePageIsWritten() throws IOException {
    Path page = folder.resolve("page.html");
    Outcome outcome = Outcome.of("validate", file("m.csv", HEADER + ROW), "--out", page.toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(page).content().contains("Qwen/Qwen3-8B", "</html>");
    Outcome nowhere =
        Outcome.of("validate", file("m.csv", HEADER + ROW), "--out", folder + "/none/page.html");
    assertThat(nowhere.exitCode()).isEqualTo(ExitCode.MACHINE);
    assertThat(nowhere.out()).isEmpty();
    assertThat(nowhere.err()).contains("page.html").doesNotContain("Exception");
  }

  @Test
  void whatIsReadIsNotOverwritten() throws IOException {
    String file = file("m.csv", HEADER + ROW);
    Outcome outcome = Outcome.of("validate", file, "--out", file);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(Path.of(file)).hasContent(HEADER + ROW);
  }

  @Test
  void explainSaysWhatMakesTheIntervalWide() {
    Outcome text = Outcome.of("explain", "text", "--model", "gpt-4o", "--output-tokens", "300");
    assertThat(text.out()).contains("What makes the interval of carbon wide", "Measure first:");
    Outcome json =
        Outcome.of(
            "explain", "text", "--model", "gpt-4o", "--output-tokens", "300", "--format", "json");
    assertThat(json.out()).contains("\"varianceShares\":[{", "\"carbonKgIfKnown\"");
  }
}
