package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What commands write: never over what they read, whole or not at all, and never lost in silence.
 */
class OutputFilesTest {
  private static final String USAGE =
      "model,region,output_tokens\ngpt-4o,FR,300\ngpt-5o-mega,FR,300\n";

  @TempDir Path folder;
  private Path usage = Path.of("");

  @BeforeEach
  void writeUsage() throws IOException {
    usage = Files.writeString(folder.resolve("usage.csv"), USAGE);
  }

  /** Runs a command line in which {@code @} stands for the folder. */
  private Outcome run(String commandLine) {
    return Outcome.ofLine(commandLine.replace("@", folder.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "estimate --file @/usage.csv --out @/usage.csv",
        "estimate --file @/usage.csv --quarantine @/usage.csv",
        "estimate --file @/usage.csv --quarantine @/sub/../usage.csv",
        "estimate --file @/usage.csv --quarantine @/link.csv",
        "estimate --file @/usage.csv --format csv --quarantine @/usage.csv",
        "estimate --file @/usage.csv --quarantine @/same.json --out @/./same.json",
        "estimate --file @/usage.csv --factors @/own.csv --out @/own.csv",
        "card --model gpt-4o --factors @/own.csv --out @/own.csv"
      })
  void noOutputTakesThePlaceOfWhatIsRead(String commandLine) throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("link.csv"), usage);
    Files.writeString(folder.resolve("own.csv"), "data_centres: []\n");
    Outcome outcome = run(commandLine);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).containsPattern("--(out|quarantine) ").hasLineCount(1);
    assertThat(usage).hasContent(USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          estimate --file @/usage.csv --out @/r.pdf                       | 2  | r.pdf        | .html
          demo --out @/r                                                  | 2  | @/r          | .html
          estimate --file @/usage.csv --out @/no/r.html                   | 74 | @/no/r.html  | no such folder
          demo --out @/no/r.html                                          | 74 | @/no/r.html  | no such folder
          estimate --file @/usage.csv --out @/usage.csv/r.html            | 74 | r.html       | Not a directory
          estimate --file @/usage.csv --quarantine @/no/q                 | 74 | @/no/q       | no such folder
          estimate --file @/usage.csv --format csv --quarantine @/no/q    | 74 | @/no/q       | no such folder
          card --model gpt-4o --region FR --out @/no/c                    | 74 | @/no/c       | no such folder
          card --model gpt-4o --region FR --out @                         | 74 | @            | folder
          card --model gpt-4o --region FR --format json --out @/no/c      | 74 | @/no/c       | no such folder
          card --model gpt-4o --region FR --format parquet --out @/no/c   | 74 | @/no/c       | no such folder
          """)
  void aPlaceThatCannotBeWrittenIsToldBeforeTheWork(
      String commandLine, int exitCode, String place, String reason) {
    Outcome outcome = run(commandLine);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(place.replace("@", folder.toString())).contains(reason);
    assertThat(outcome.err()).hasLineCount(1).doesNotContain("." + ProcessHandle.current().pid());
    assertThat(folder).isDirectoryContaining(usage::equals).isDirectoryNotContaining("glob:**/.*");
  }

  private Path full(String name) throws IOException {
    Path device = Path.of("/dev/full");
    assumeTrue(Files.exists(device), "a device that is always full");
    return Files.createSymbolicLink(folder.resolve(name), device);
  }

  @Test
  void refusalsAreToldEvenIfTheReportFailsAfterAll() throws IOException {
    full("report.html");
    Outcome outcome = run("estimate --file @/usage.csv --out @/report.html --quarantine @/q.jsonl");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.MACHINE);
    assertThat(outcome.out()).contains("by model");
    assertThat(outcome.err())
        .contains("usage.csv, line 3, model")
        .contains("report.html cannot be written: No space left on device");
    assertThat(folder.resolve("q.jsonl")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void aCardThatFindsNoRoomSaysSo(String format) throws IOException {
    full("card");
    Outcome outcome = run("card --model gpt-4o --region FR --out @/card --format " + format);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.MACHINE);
    assertThat(outcome.err())
        .isEqualToIgnoringNewLines(
            "gtrace: --out "
                + folder.resolve("card")
                + " cannot be written: No space left on device");
  }

  @Test
  void aReportBelowTheWorkingDirectoryIsToldFromThere() throws IOException {
    Path here = Files.createTempDirectory(Path.of("target"), "report");
    Path report = here.resolve("r.md");
    try {
      assertThat(run("estimate --file @/usage.csv --quarantine @/q --out " + report).out())
          .endsWith("Report: " + report + "\n");
      assertThat(report).isNotEmptyFile();
    } finally {
      Files.deleteIfExists(report);
      Files.delete(here);
    }
  }

  @Test
  void aDeviceIsNotReplacedByRefusedRows() throws IOException {
    Path device = full("q");
    assertThat(run("estimate --file @/usage.csv --quarantine @/q").exitCode())
        .isEqualTo(ExitCode.MACHINE);
    assertThat(device).isSymbolicLink();
  }

  /** A terminal or pipe that takes nothing. */
  private static final class Refusing extends OutputStream {
    private final String reason;

    Refusing(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(int one) throws IOException {
      throw new IOException(reason);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "models gpt-4o",
        "models --format json gpt-4o",
        "card --model gpt-4o --region FR",
        "card --model gpt-4o --region FR --format json",
        "estimate text --model gpt-4o --output-tokens 3",
        "estimate text --model gpt-4o --output-tokens 3 --format csv",
        "explain text --model gpt-4o --output-tokens 3",
        "compare text --model gpt-4o --output-tokens 3",
      })
  void resultsThatGetNowhereAreAFailure(String commandLine) {
    Outcome outcome =
        Outcome.printingTo(new Refusing("No space left on device"), commandLine.split(" "));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.MACHINE);
    assertThat(outcome.err()).contains("No space left on device").hasLineCount(1);
  }

  @Test
  void whoClosesThePipeHasReadEnough() {
    Outcome outcome = Outcome.printingTo(new Refusing("Broken pipe"), "models");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.MACHINE);
    assertThat(outcome.err()).isEmpty();
  }
}
