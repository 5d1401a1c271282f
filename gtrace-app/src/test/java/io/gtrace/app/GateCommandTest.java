package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a pipeline is told of a change that swaps a model. */
class GateCommandTest {
  @TempDir private Path folder;
  private Path small = Path.of("");
  private Path large = Path.of("");

  @BeforeEach
  void writeUsage() throws IOException {
    small = usage("small.csv", "llama-3.1-8b-instruct");
    large = usage("large.csv", "llama-3.3-70b-instruct");
  }

  private Path usage(String name, String model) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        "model,site,when,input_tokens,output_tokens\n"
            + (model + ",FR,2026-01-05T10:00:00Z,500,300\n").repeat(10));
    return file;
  }

  private static Outcome gate(String... args) {
    List<String> all = new ArrayList<>(List.of("gate"));
    all.addAll(List.of(args));
    return Outcome.of(all.toArray(String[]::new));
  }

  @Test
  void aLargerModelClosesTheGateAndASmallerOneDoesNot() {
    Outcome grown =
        gate("--before", small + "", "--after", large + "", "--max-sci-regression", "5%");
    assertThat(grown.exitCode()).as(grown.err()).isEqualTo(ExitCode.GATE);
    assertThat(grown.out())
        .startsWith("fail")
        .contains("carbon of one call (text)", "at most +5.0 %");
    Outcome shrunk =
        gate("--before", large + "", "--after", small + "", "--max-sci-regression", "0.05");
    assertThat(shrunk.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(shrunk.out()).startsWith("pass");
  }

  @Test
  void theSameUsageHasNotGrownAtAllWhateverTheIntervalOfItsFactors() {
    Outcome same =
        gate(
            "--before",
            small + "",
            "--after",
            small + "",
            "--max-sci-regression",
            "0",
            "--strict",
            "--format",
            "json");
    assertThat(same.exitCode()).isEqualTo(ExitCode.DONE);
    JsonNode check = same.json().get("checks").get(0);
    assertThat(check.get("value").asDouble()).isCloseTo(0, within(1e-9));
    assertThat(check.get("high").asDouble()).isCloseTo(0, within(1e-9));
  }

  @Test
  void aBudgetIsHeldByTheMedianAndStrictlyByTheWholeInterval() {
    String[] command = {"--after", large + "", "--budget", "1g", "--format", "json"};
    double median = gate(command).json().get("checks").get(0).get("value").asDouble();
    String justAbove = 1.01 * median * 1000 + "g";
    assertThat(gate("--after", large + "", "--budget", justAbove).out()).startsWith("uncertain");
    assertThat(gate("--after", large + "", "--budget", justAbove).exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(gate("--after", large + "", "--budget", justAbove, "--strict").exitCode())
        .isEqualTo(ExitCode.GATE);
    assertThat(gate("--after", large + "", "--budget", "1t").out()).startsWith("pass");
  }

  @Test
  void sarifAndJunitTellTheSame() throws Exception {
    Path sarif = folder.resolve("gate.sarif");
    Path junit = folder.resolve("gate.xml");
    Outcome outcome =
        gate(
            "--before",
            small + "",
            "--after",
            large + "",
            "--max-sci-regression",
            "5%",
            "--budget",
            "1t",
            "--sarif",
            sarif + "",
            "--junit",
            junit + "");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.GATE);
    JsonNode run = JsonMapper.shared().readTree(Files.readString(sarif)).get("runs").get(0);
    assertThat(run.get("results").get(0).get("level").asString()).isEqualTo("none");
    assertThat(run.get("results").get(1).get("level").asString()).isEqualTo("error");
    assertThat(run.get("tool").get("driver").get("rules").get(1).get("id").asString())
        .isEqualTo(run.get("results").get(1).get("ruleId").asString());
    Document report =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(junit.toFile());
    Element suite = report.getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gate                                            | nothing is asked for",
        "gate --budget 10 --after small.csv              | --budget must be carbon such as",
        "gate --budget tenkg --after small.csv           | --budget must be carbon such as",
        "gate --budget 10kg                              | --budget needs --ledger",
        "gate --min-level 3                              | --min-level needs --ledger",
        "gate --min-level 9 --ledger x                   | must be 1 to 7",
        "gate --max-sci-regression 5% --after small.csv  | needs --before and --after",
        "gate --max-sci-regression much --before small.csv --after small.csv | must be a share",
        "gate --max-sci-regression 5 --before small.csv --after small.csv    | above 1 only with %",
        "gate --max-sci-regression 5% --before none.csv --after small.csv | there is no such file",
      })
  void whatCannotBeAskedIsTold(String line, String message) {
    Outcome outcome = Outcome.ofLine(line.replace("small.csv", small.toString()));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains(message);
  }

  @Test
  void callsAreCountedAndNotRows() throws IOException {
    Path bucket = folder.resolve("bucket.csv");
    Files.writeString(
        bucket,
        """
        model,site,when,requests,input_tokens,output_tokens
        llama-3.1-8b-instruct,FR,2026-01-05T10:00:00Z,10,5000,3000
        """);
    Outcome same =
        gate("--before", bucket + "", "--after", small + "", "--max-sci-regression", "1%");
    assertThat(same.exitCode()).as(same.out()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whatIsNewCannotBeComparedAndRowsThatWereRefusedAreTold() throws IOException {
    Path more = folder.resolve("more.csv");
    Files.writeString(more, Files.readString(small) + "flux.1-dev,FR,2026-01-05T10:00:00Z,,\n");
    Outcome grown =
        gate("--before", small + "", "--after", more + "", "--max-sci-regression", "5%");
    assertThat(grown.out())
        .contains("uncertain", "carbon of image, which was not there before: no growth to tell");
    Files.writeString(more, Files.readString(small) + "llama-3.1-8b-instruct,FR,2026-01-05,-4,\n");
    Path quarantine = folder.resolve("quarantine.jsonl");
    Outcome refused =
        gate(
            "--before",
            small + "",
            "--after",
            more + "",
            "--max-sci-regression",
            "5%",
            "--quarantine",
            quarantine + "");
    assertThat(quarantine).isNotEmptyFile();
    assertThat(refused.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(refused.out()).startsWith("pass");
  }

  @Test
  void aLevelIsWhatTheLedgerHasRecorded() {
    Path demo = folder.resolve("demo");
    assertThat(Outcome.of("pyramid", "demo", "--out", demo + "").exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(gate("--min-level", "3", "--ledger", demo + "/ledger").exitCode())
        .isEqualTo(ExitCode.DONE);
    Outcome closed = gate("--min-level", "4", "--ledger", demo + "/ledger");
    assertThat(closed.exitCode()).isEqualTo(ExitCode.GATE);
    assertThat(closed.out()).contains("level 3, at least 4");
    Outcome budget = gate("--budget", "1kg", "--period", "2025-Q4", "--ledger", demo + "/ledger");
    assertThat(budget.out()).startsWith("fail").contains("carbon of 2025-Q4");
    Outcome nothing = gate("--budget", "1kg", "--period", "2031", "--ledger", demo + "/ledger");
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(nothing.err()).contains("the ledger has nothing in 2031");
  }
}
