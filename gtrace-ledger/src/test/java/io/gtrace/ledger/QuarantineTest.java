package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.GTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  @TempDir Path folder;

  private final UsageAccountant accountant =
      new UsageAccountant(GTrace.standard().card(), InstantSource.fixed(NOW), Reading.SILENT);

  private Path wanted() {
    return folder.resolve("quarantine-usage.csv.jsonl");
  }

  private Path usage(String name, String... outputTokens) throws IOException {
    StringBuilder csv = new StringBuilder("model,region,output_tokens\n");
    Stream.of(outputTokens).forEach(tokens -> csv.append("gpt-4o,FR,").append(tokens).append('\n'));
    return Files.writeString(folder.resolve(name), csv);
  }

  private Accounting account(Path file) {
    return accountant.account("test", List.of(file), wanted());
  }

  private List<String> filesBeside(Path usage) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.equals(usage))
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .toList();
    }
  }

  @Test
  void itIsThatOfTheLatestRun() throws IOException {
    Path usage = usage("usage.csv", "-1", "5");
    assertThat(account(usage).quarantine()).hasValue(wanted());
    assertThat(Files.readString(wanted())).contains("not -1");
    usage("usage.csv", "-2", "5");
    Accounting second = account(usage);
    assertThat(second.quarantine()).hasValue(wanted());
    assertThat(second.quarantineRemark()).isEmpty();
    assertThat(Files.readString(wanted())).contains("not -2").doesNotContain("not -1");
    usage("usage.csv", "5");
    assertThat(account(usage).quarantine()).isEmpty();
    assertThat(filesBeside(usage)).isEmpty();
  }

  @Test
  void aFileOfAnybodyElseStays() throws IOException {
    Path usage = usage("usage.csv", "-1");
    Files.writeString(wanted(), "{\"file\":\"mine\"}\n");
    Accounting accounting = account(usage);
    assertThat(accounting.quarantine()).hasValue(folder.resolve("quarantine-usage.csv-2.jsonl"));
    assertThat(accounting.quarantineRemark())
        .isEqualTo(wanted() + " is no quarantine file and was left as it is");
    usage("usage.csv", "5");
    account(usage);
    assertThat(Files.readString(wanted())).isEqualTo("{\"file\":\"mine\"}\n");
  }

  @Test
  void aRunThatEndsDuringAnotherOneKeepsItsRows() throws IOException {
    Path slow = usage("slow.csv", "-1", "5", "-3");
    Path quick = usage("quick.csv", "-7");
    List<Accounting> during = new ArrayList<>();
    Accounting after =
        accountant.each(
            List.of(slow),
            UsageDefaults.NONE,
            wanted(),
            (line, requestId, model, activity, row) -> during.add(account(quick)));
    assertThat(during)
        .singleElement()
        .satisfies(run -> assertThat(run.quarantine()).hasValue(wanted()));
    assertThat(Files.readAllLines(wanted())).singleElement().asString().contains("not -7");
    Path second = folder.resolve("quarantine-usage.csv-2.jsonl");
    assertThat(after.quarantine()).hasValue(second);
    assertThat(after.quarantineRemark())
        .isEqualTo(wanted() + " is of another run at the same time");
    assertThat(Files.readAllLines(second)).hasSize(2);
  }

  @Test
  void aRunWithoutRefusalsLeavesTheQuarantineOfAnotherRunAtTheSameTime() throws IOException {
    account(usage("before.csv", "-9"));
    Path quick = usage("quick.csv", "-7");
    accountant.each(
        List.of(usage("slow.csv", "5")),
        UsageDefaults.NONE,
        wanted(),
        (line, requestId, model, activity, row) -> account(quick));
    assertThat(Files.readString(wanted())).contains("not -7");
  }

  @Test
  void runsThatEndAtOnceEachKeepTheirRows() throws Exception {
    account(usage("before.csv", "-9"));
    int runs = 16;
    List<QuarantinePlace> places = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      places.add(new QuarantinePlace(wanted()));
    }
    List<Future<Path>> put = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    try {
      for (int i = 0; i < runs; i++) {
        Path complete = Files.writeString(folder.resolve("complete-" + i), "rows of run " + i);
        QuarantinePlace place = places.get(i);
        put.add(threads.submit(() -> place.put(complete)));
      }
      for (int i = 0; i < runs; i++) {
        assertThat(put.get(i).get()).hasContent("rows of run " + i);
      }
    } finally {
      threads.shutdownNow();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .noneMatch(name -> name.startsWith("."))
          .filteredOn(name -> name.startsWith("quarantine"))
          .hasSize(runs);
    }
  }

  @Test
  void itKeepsSoManyAndCountsTheOthers() throws IOException {
    Path path = folder.resolve("quarantine.jsonl");
    try (Quarantine quarantine = new Quarantine(path, 3)) {
      for (int line = 1; line <= 10; line++) {
        quarantine.add("u.csv", line, "is wrong", "text");
      }
      assertThat(quarantine.count()).isEqualTo(10);
      assertThat(quarantine.finish()).contains(path);
      assertThat(quarantine.remark()).isEqualTo("it keeps the first 3");
    }
    assertThat(Files.readAllLines(path)).hasSize(3);
  }

  @Test
  void nobodyWhoAskedAndNothingOfPromptsGetsIntoThatOfALedger() throws IOException {
    Path usage =
        Files.writeString(
            folder.resolve("u.jsonl"),
            """
            {"model":"gpt-4o","user":"secret-user","output_tokens":-5}
            {"request_id":"openai|secret-user|1","model":"gpt-4o","output_tokens":-5}
            {"model":"gpt-4o","output_tokens":5,"prompt":"secret words
            {"model":"gpt-4o","output_tokens":5}
            """);
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    LedgerIngest.Result result = ledger.read(usage);
    assertThat(result.refused()).isEqualTo(3);
    Path kept = result.quarantine().orElseThrow();
    assertThat(Files.readString(kept))
        .contains("\"model\":\"gpt-4o\"", "\"line\":3")
        .doesNotContain("secret");
    if (kept.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(Files.getPosixFilePermissions(kept))
          .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void itsUsualNameTellsTheFile() {
    assertThat(
            UsageFiles.of(
                    List.of(Path.of("logs", "usage.csv.gz"), Path.of("b")), UsageDefaults.NONE)
                .quarantine())
        .isEqualTo(Path.of("quarantine-usage.csv.gz.jsonl"));
  }
}
