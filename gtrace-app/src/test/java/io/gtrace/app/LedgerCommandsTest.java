package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands that fill, ask and check a ledger. */
class LedgerCommandsTest {
  private static final String USAGE =
      """
      {"request_id":"a","when":"2026-03-01T10:00:00Z","model":"gpt-4o","team":"search","region":"eu-west-3","input_tokens":500,"output_tokens":300}
      {"request_id":"b","when":"2026-04-01T10:00:00Z","model":"gpt-4o-mini","team":"=1+1","region":"US-CA","input_tokens":50,"output_tokens":30}
      {"request_id":"c","when":"2026-04-02T10:00:00Z","model":"nobody-knows-this","team":"\\u001b[31m,\\"x\\"<b>","input_tokens":50,"output_tokens":30}
      """;

  private static final List<String> REFUSED =
      List.of(
          "COPY events TO '/tmp/gtrace-stolen.csv'",
          "ATTACH '/tmp/gtrace-other.db' AS other",
          "INSTALL httpfs",
          "LOAD httpfs",
          "PRAGMA database_list",
          "SET threads = 1",
          "CREATE TABLE t (a INTEGER)",
          "DELETE FROM batches",
          "DROP VIEW events",
          "UPDATE batches SET events = 0",
          "EXPORT DATABASE '/tmp/gtrace-stolen'",
          "CALL enable_logging()",
          "CHECKPOINT",
          "SELECT 1; DROP TABLE batches",
          "SELECT 1; COPY batches TO '/tmp/gtrace-stolen.csv'",
          "SELECT * FROM read_text('/etc/passwd')",
          "SELECT * FROM read_csv('/etc/passwd')",
          "SELECT * FROM '/etc/passwd'",
          "SELECT * FROM glob('/*')",
          "SELECT * FROM read_blob('/proc/self/environ')",
          "SELECT * FROM enable_logging(storage := 'file', storage_path := '/tmp/gtrace-log')",
          "SELECT * FROM query('COPY batches TO ''/tmp/gtrace-stolen.csv''')",
          "SELECT getenv('HOME')",
          "SELEC 1",
          "SELECT * FROM nowhere",
          "SELECT",
          "",
          "-- nothing",
          "SELECT error('no')");

  @TempDir Path folder;
  private String ledger = "";

  @BeforeEach
  void nameLedger() {
    ledger = folder.resolve("ledger").toString();
  }

  private static Outcome gtrace(String... args) {
    return Outcome.of(args);
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private Outcome ingested() throws IOException {
    Outcome outcome = gtrace("ingest", file("u.jsonl", USAGE), "--ledger", ledger);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    return outcome;
  }

  private Outcome query(String... more) {
    return gtrace(
        Stream.concat(Stream.of("query", "--ledger", ledger), Stream.of(more))
            .toArray(String[]::new));
  }

  private static void requireTold(Outcome outcome, int exitCode, String... words) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    for (String word : words) {
      assertThat(outcome.err()).contains(word);
    }
    assertThat(outcome.err()).doesNotContain("\tat ", "  at ", "Exception");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines().filter(line -> line.startsWith("gtrace: "))).hasSize(1);
  }

  @Test
  void ingestSaysWhatIsNewAndWhatIsUnknown() throws IOException {
    assertThat(ingested().out())
        .contains(
            "3 events added, 0 known already", "nobody-knows-this (1 activity)", "gtrace query");
    assertThat(ingested().out()).contains("0 events added, 3 known already");
    JsonNode json =
        gtrace(
                "ingest",
                folder.resolve("u.jsonl").toString(),
                "--ledger",
                ledger,
                "--format",
                "json")
            .json();
    assertThat(json.get("duplicates").asInt()).isEqualTo(3);
    assertThat(json.get("events").asInt()).isEqualTo(3);
    assertThat(json.get("batch").asInt()).isEqualTo(1);
    assertThat(json.get("seal").asString()).startsWith("sha256:");
  }

  @Test
  void ingestAccountsTheGoodRowsAndSaysThatSomeAreNot() throws IOException {
    String kept = folder.resolve("kept.jsonl").toString();
    Outcome outcome =
        gtrace(
            "ingest",
            file("u.jsonl", USAGE + "nonsense\n"),
            "--ledger",
            ledger,
            "--quarantine",
            kept);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
    assertThat(outcome.out()).contains("3 events added", "1 not accounted");
    assertThat(Files.readAllLines(Path.of(kept))).hasSize(1);
  }

  @Test
  void statusAndVerifyAgree() throws IOException {
    ingested();
    Outcome status = gtrace("ledger", "status", "--ledger", ledger);
    assertThat(status.out())
        .contains("3 events in 1 batch", "2026-03-01T10:00:00Z to 2026-04-02T11:00:00Z")
        .contains("nobody-knows-this (1 activity)");
    JsonNode json = gtrace("ledger", "status", "--ledger", ledger, "--format", "json").json();
    String head = json.get("head").asString();
    assertThat(json.get("unknownModels").get("nobody-knows-this").asInt()).isEqualTo(1);

    Outcome verified = gtrace("ledger", "verify", "--ledger", ledger, "--head", head);
    assertThat(verified.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(verified.out()).contains("intact: 1 batch, 3 events", head);
    Outcome other = gtrace("ledger", "verify", "--ledger", ledger, "--head", "sha256:00");
    assertThat(other.exitCode()).isEqualTo(ExitCode.LEDGER);
    assertThat(other.out()).contains("no batch has the seal sha256:00");
  }

  @Test
  void queriesGroupAndFilter() throws IOException {
    ingested();
    JsonNode all = query("--by", "team,model", "--format", "json").json();
    assertThat(all.get("lines").size()).isEqualTo(3);
    assertThat(all.get("total").get("activities").asInt()).isEqualTo(3);
    JsonNode april = query("--by", "month", "--from", "2026-04", "--format", "json").json();
    assertThat(april.get("lines").size()).isEqualTo(1);
    assertThat(april.get("lines").get(0).get("month").asString()).isEqualTo("2026-04");
    assertThat(april.get("lines").get(0).get("activities").asInt()).isEqualTo(2);
    Outcome none = query("--by", "team", "--from", "2026-05");
    assertThat(none.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(none.out()).contains("0 activities");
  }

  @Test
  void namesAreNoFormulasAndDoNotSteerTheTerminal() throws IOException {
    ingested();
    for (String[] asked :
        List.of(
            new String[] {"--by", "team", "--format", "csv"},
            new String[] {"SELECT team FROM events", "--format", "csv"})) {
      Outcome csv = query(asked);
      assertThat(csv.out().lines()).noneMatch(line -> line.startsWith("=")).hasSize(4);
      assertThat(csv.out()).contains("'=1+1");
    }
    for (String[] asked :
        List.of(
            new String[] {"--by", "team"},
            new String[] {"SELECT team AS \"\u001b[1m\" FROM events"})) {
      assertThat(query(asked).out()).doesNotContain("\u001b").contains("[31m");
    }
  }

  @Test
  void sqlIsOneSelectOverTheLedger() throws IOException {
    ingested();
    Set<String> before = files();
    for (String sql : REFUSED) {
      requireTold(query(sql), ExitCode.WRONG_USAGE);
      assertThat(files()).as(sql).isEqualTo(before);
    }
    assertThat(Path.of("/tmp/gtrace-stolen.csv")).doesNotExist();
    assertThat(Path.of("/tmp/gtrace-log")).doesNotExist();
    assertThat(Path.of("/tmp/gtrace-other.db")).doesNotExist();
    assertThat(gtrace("ledger", "verify", "--ledger", ledger).exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void sqlReadsTheKeyOfUsersNeither() throws IOException {
    ingested();
    requireTold(
        query("SELECT * FROM read_blob('" + ledger + "/user.key')"), ExitCode.WRONG_USAGE, "query");
    requireTold(
        query("SELECT * FROM read_blob('" + ledger + "/seals/../user.key')"),
        ExitCode.WRONG_USAGE,
        "query");
  }

  @Test
  void compactMergesWhatCanBeAndSaysSo() throws IOException {
    for (int day = 1; day <= 3; day++) {
      String usage =
          USAGE
              .replace("\"request_id\":\"", "\"request_id\":\"" + day)
              .replace("-01T", "-0" + day + "T");
      gtrace("ingest", file(day + ".jsonl", usage), "--ledger", ledger);
    }
    String before = query("--by", "team,model,day", "--format", "csv").out();

    Outcome merged = gtrace("ledger", "compact", "--ledger", ledger);

    assertThat(merged.exitCode()).as(merged.err()).isEqualTo(ExitCode.DONE);
    assertThat(merged.out()).contains("merged batches 1 to 3", "files of the ledger, before");
    assertThat(query("--by", "team,model,day", "--format", "csv").out()).isEqualTo(before);
    assertThat(gtrace("ledger", "verify", "--ledger", ledger).out())
        .contains("intact: 4 batches, 9 events");
    assertThat(gtrace("ledger", "compact", "--ledger", ledger).out()).contains("nothing to merge");
    requireTold(
        gtrace("ledger", "compact", "--ledger", folder.resolve("none").toString()),
        ExitCode.LEDGER,
        "there is no ledger");
  }

  @Test
  void wrongUseIsToldInOneLine() throws IOException {
    String usage = file("u.jsonl", USAGE);
    for (String[] command :
        List.of(
            new String[] {"query"},
            new String[] {"ledger", "status"},
            new String[] {"ledger", "verify"},
            new String[] {"report"})) {
      requireTold(with(command, "--ledger", ledger), ExitCode.LEDGER, "there is no ledger");
      requireTold(with(command, "--ledger", usage), ExitCode.LEDGER, "is a file");
      requireTold(
          with(command, "--ledger", folder.toString()), ExitCode.LEDGER, "there is no ledger");
      assertThat(with(command).exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    }
    requireTold(gtrace("ingest", usage, "--ledger", usage), ExitCode.LEDGER, "is a file");
    requireTold(
        gtrace("ingest", usage, "--ledger", folder.toString()), ExitCode.LEDGER, "other files");
    requireTold(
        gtrace("ingest", usage + "-not", "--ledger", ledger), ExitCode.WRONG_USAGE, "no such file");
    assertThat(gtrace("ingest", "--ledger", ledger).exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(gtrace("ledger").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    ingested();
    requireTold(query("--by", "planet"), ExitCode.WRONG_USAGE, "planet", "team");
    requireTold(query("--by", "team", "SELECT 1"), ExitCode.WRONG_USAGE, "not both");
    requireTold(query("--from", "soon"), ExitCode.WRONG_USAGE, "--from");
    requireTold(query("--from", "2026-04", "--to", "2026-03"), ExitCode.WRONG_USAGE, "--to");
  }

  private static Outcome with(String[] command, String... more) {
    return gtrace(Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void aPlaceThatTakesNoFilesIsTheMachinesFault() throws IOException {
    Outcome outcome = gtrace("ingest", file("u.jsonl", USAGE), "--ledger", "/proc/gtrace-ledger");
    requireTold(outcome, ExitCode.MACHINE, "/proc/gtrace-ledger");
    assertThat(outcome.err().strip()).doesNotEndWith("/proc/gtrace-ledger");
  }

  @Test
  void aDamagedLedgerIsToldByEveryCommand() throws IOException {
    ingested();
    Path rollup = folder.resolve("ledger/rollups/000001.parquet");
    Files.write(rollup, new byte[] {1, 2, 3});
    Outcome verified = gtrace("ledger", "verify", "--ledger", ledger);
    assertThat(verified.exitCode()).isEqualTo(ExitCode.LEDGER);
    assertThat(verified.out()).contains("rollups/000001.parquet was changed");
    requireTold(query("--by", "team"), ExitCode.LEDGER, "gtrace ledger verify");
    requireTold(gtrace("ledger", "status", "--ledger", ledger), ExitCode.LEDGER, "verify");
    requireTold(gtrace("report", "--ledger", ledger), ExitCode.LEDGER, "verify");
    Files.delete(folder.resolve("ledger/cards/000001-row.parquet"));
    requireTold(
        gtrace("ingest", folder.resolve("u.jsonl").toString(), "--ledger", ledger),
        ExitCode.LEDGER,
        "verify");
    Files.writeString(folder.resolve("ledger/HEAD"), "{}");
    requireTold(query("--by", "team"), ExitCode.LEDGER, "HEAD");
  }

  @Test
  void reportIsWritten() throws IOException {
    ingested();
    String out = folder.resolve("report.html").toString();
    Outcome outcome = gtrace("report", "--ledger", ledger, "--from", "2026-04", "--out", out);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).contains("2 activities");
    assertThat(Files.readString(Path.of(out))).contains("=1+1", "&lt;b&gt;").doesNotContain("<b>");
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).collect(Collectors.toSet());
    }
  }
}
