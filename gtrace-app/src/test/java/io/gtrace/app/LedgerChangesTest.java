package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that price a ledger anew, remove from it and write it out. */
class LedgerChangesTest {
  private static final String USAGE =
      """
      {"request_id":"a","when":"2026-03-01T10:00:00Z","model":"gpt-4o","team":"search","user":"u-1","region":"eu-west-3","input_tokens":500,"output_tokens":300}
      {"request_id":"b","when":"2026-04-01T10:00:00Z","model":"gpt-4o","team":"=1+1","user":"u-2","region":"eu-west-3","input_tokens":50,"output_tokens":30}
      {"request_id":"c","when":"2026-04-02T10:00:00Z","model":"gpt-4o","team":"@sum","user":"u-1","region":"eu-west-3","input_tokens":50,"output_tokens":30}
      """;

  private static final String FRANCE_2026 =
      """
      grid_intensities:
        - zone: FR
          year: 2026
          quantity: average-lifecycle
          g_per_kwh: 500
          tier: measured
          source: a test
          licence: own
      """;

  @TempDir Path folder;
  private String ledger = "";
  private String usage = "";

  @BeforeEach
  void fillLedger() throws IOException {
    ledger = folder.resolve("ledger").toString();
    usage = Files.writeString(folder.resolve("u.jsonl"), USAGE).toString();
    done("ingest", usage);
  }

  private Outcome gtrace(String... command) {
    return Outcome.of(
        Stream.concat(Stream.of(command), Stream.of("--ledger", ledger)).toArray(String[]::new));
  }

  private Outcome done(String... command) {
    Outcome outcome = gtrace(command);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    return outcome;
  }

  private void requireRefused(String words, String... command) {
    Outcome outcome = gtrace(command);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains(words).doesNotContain("Exception");
    assertThat(outcome.out()).isEmpty();
  }

  private String sums(String... more) {
    return done(Stream.concat(
                Stream.of("query", "--by", "month", "--format", "csv"), Stream.of(more))
            .toArray(String[]::new))
        .out();
  }

  private List<String> events(String select) {
    return done("query", "SELECT " + select + " FROM events ORDER BY time", "--format", "csv")
        .out()
        .lines()
        .skip(1)
        .toList();
  }

  private void requireIntact(String events) {
    assertThat(done("ledger", "verify").out()).contains("intact", events);
  }

  @Test
  void aUserIsForgottenForGood() {
    assertThat(done("ledger", "forget", "--user", "u-1").out()).isEqualTo("2 events removed\n");
    assertThat(events("team")).containsExactly("'=1+1");
    assertThat(sums().lines()).hasSize(2);
    requireIntact("1 event");

    assertThat(done("ingest", usage).out()).contains("0 events added, 3 known already");
    assertThat(events("team")).hasSize(1);
    assertThat(done("ledger", "forget", "--user", "u-1").out()).isEqualTo("0 events removed\n");
    assertThat(done("ledger", "forget", "--user", "nobody").out()).isEqualTo("0 events removed\n");
    requireIntact("1 event");
  }

  @Test
  void eventsThatAreTooOldAreRemovedAndTheirSumsStay() {
    String before = sums();
    assertThat(done("ledger", "forget", "--before", "2026-04-01").out())
        .isEqualTo("1 event removed\n");
    assertThat(sums()).isEqualTo(before);
    assertThat(events("strftime(time, '%Y-%m')")).containsExactly("2026-04", "2026-04");
    requireIntact("2 events");

    assertThat(done("ingest", usage).out()).contains("0 events added");
    assertThat(sums()).isEqualTo(before);
    assertThat(done("ledger", "forget", "--before", "2026-04-01").out())
        .isEqualTo("0 events removed\n");
  }

  @Test
  void whatToForgetMustBeSaid() {
    requireRefused("either --user or --before", "ledger", "forget");
    requireRefused(
        "either --user or --before", "ledger", "forget", "--user", "u", "--before", "2026-04-01");
    requireRefused("no day, such as", "ledger", "forget", "--before", "soon");
    requireIntact("3 events");
  }

  @Test
  void aLedgerIsPricedAnewAndKeepsItsOldFigures() throws IOException {
    String before = sums();
    String factors = Files.writeString(folder.resolve("factors.yaml"), FRANCE_2026).toString();

    String told = done("ledger", "reprice", "--factors", factors).out();

    assertThat(told)
        .contains("3 activities priced anew", "carbon", " became ", "gtrace query --as-sealed");
    assertThat(told).containsPattern("carbon .*\\(\\+[0-9.]+ %\\)");
    assertThat(sums()).isNotEqualTo(before);
    assertThat(sums("--as-sealed")).isEqualTo(before);
    requireIntact("3 events");
    assertThat(done("ledger", "reprice", "--factors", factors).out())
        .contains("nothing was changed");

    assertThat(done("ledger", "forget", "--user", "u-2").out())
        .contains("1 event removed", "Newer prices were dropped", "gtrace ledger reprice");
    assertThat(sums()).isEqualTo(sums("--as-sealed"));
  }

  @Test
  void namesAreNoFormulasInWhatIsWrittenOut() throws IOException {
    Path csv = folder.resolve("out.csv");
    assertThat(done("ledger", "export", "--out", csv.toString()).out()).contains("out.csv");
    assertThat(Files.readAllLines(csv)).hasSize(4);
    assertThat(Files.readString(csv)).contains("'=1+1", "'@sum").doesNotContain(",=1+1", ",@sum");

    Path april = folder.resolve("april.jsonl");
    done("ledger", "export", "--out", april.toString(), "--from", "2026-04");
    assertThat(Files.readAllLines(april)).hasSize(2).allMatch(line -> line.startsWith("{"));
    assertThat(Files.readString(april)).contains("\"=1+1\"");

    Path parquet = folder.resolve("out.parquet");
    done("ledger", "export", "--out", parquet.toString());
    assertThat(Files.size(parquet)).isPositive();
    requireRefused(
        "must end in", "ledger", "export", "--out", folder.resolve("out.xlsx").toString());
    Outcome nowhere = gtrace("ledger", "export", "--out", folder.resolve("no/out.csv").toString());
    assertThat(nowhere.exitCode()).isEqualTo(ExitCode.MACHINE);
    assertThat(nowhere.err()).contains("no such folder");
  }

  @Test
  void aRunThatAddsNothingTellsWhatItRefusedOnce() throws IOException {
    String bad = Files.writeString(folder.resolve("bad.jsonl"), USAGE + "nonsense\n").toString();
    String kept = folder.resolve("kept.jsonl").toString();
    for (int run = 0; run < 2; run++) {
      Outcome outcome = gtrace("ingest", bad, "--quarantine", kept);
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_REFUSED);
      assertThat(outcome.out()).contains("0 events added, 3 known already", "1 not accounted");
    }
    assertThat(Files.readAllLines(Path.of(kept))).hasSize(1);
    assertThat(done("query", "SELECT sum(refused) FROM batches", "--format", "csv").out())
        .contains("\n0");
    requireIntact("3 events");
  }
}
