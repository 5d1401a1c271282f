package io.gtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.ledger.BatchAssembly;
import io.gtrace.ledger.UsageException;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that Spark writes is the ledger that the command line would have written. */
class SparkLedgerTest {
  @TempDir static Path sparkFolder;
  @TempDir Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = LocalSpark.in(sparkFolder).getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private BatchAssembly.Result add(Path ledger, Path... paths) {
    return new SparkLedger(spark, Ledgers.settings(ledger))
        .add(Stream.of(paths).map(Path::toString).toList());
  }

  /** The only Parquet file of what Spark writes of a query. */
  private Path parquet(String name, String sql) throws IOException {
    Path written = folder.resolve(name + ".written");
    spark.sql(sql).coalesce(1).write().parquet(written.toString());
    try (Stream<Path> files = Files.list(written)) {
      Path file =
          files.filter(each -> each.toString().endsWith(".parquet")).findFirst().orElseThrow();
      return Files.move(file, folder.resolve(name + ".parquet"));
    }
  }

  private Path typedCalls(String name) throws IOException {
    return parquet(
        name,
        "SELECT if(id % 5 = 0, NULL, concat('p', id)) AS request_id, timestamp'2026-04-01' +"
            + " make_interval(0, 0, 0, 0, id % 50, id % 60) AS time, element_at(array('gpt-4o',"
            + " 'text-embedding-3-small', 'flux.1-dev', 'gpt-99'), 1 + int(id % 4)) AS model,"
            + " if(id % 2 = 0, 'FR', NULL) AS region, concat('t', id % 3) AS department, if(id % 4"
            + " = 2, NULL, 100 + id) AS prompt_tokens, if(id % 4 < 2, 7, NULL) AS output_tokens,"
            + " if(id % 4 = 2, 2, NULL) AS images, 1024D AS width, concat('u', id % 9) AS user FROM"
            + " range(400)");
  }

  @Test
  void figuresAreThoseOfTheEmbeddedLedger() throws IOException {
    Path calls = Ledgers.calls(folder.resolve("calls.jsonl"), 0, 3_000);
    Path typed = typedCalls("typed");
    Path bySpark = folder.resolve("by-spark");
    Path embedded = folder.resolve("embedded");

    BatchAssembly.Result result = add(bySpark, calls, typed);
    Ledgers.ingest(embedded, List.of(calls, typed));

    assertThat(result.added()).isEqualTo(3_400);
    assertThat(result.refused()).isZero();
    Ledgers.requireIntact(bySpark);
    Ledgers.requireSameFigures(bySpark, embedded);
  }

  @Test
  void everyEventGoesInOnceWhoeverReadsIt() throws IOException {
    Path calls = Ledgers.calls(folder.resolve("calls.jsonl"), 0, 500);
    Path more = Ledgers.calls(folder.resolve("more.jsonl"), 250, 750);
    Path ledger = folder.resolve("ledger");

    assertThat(add(ledger, calls).added()).isEqualTo(500);
    BatchAssembly.Result again = add(ledger, calls);
    assertThat(again.seal()).isEmpty();
    assertThat(again.duplicates()).isEqualTo(500);
    assertThat(Ledgers.ingest(ledger, List.of(calls)).added()).isZero();
    assertThat(add(ledger, more).added()).isEqualTo(250);
    assertThat(Ledgers.ingest(ledger, List.of(more)).added()).isZero();
    assertThat(Ledgers.events(ledger)).isEqualTo(750);
    Ledgers.requireIntact(ledger);
  }

  @Test
  void alikeEventsWithoutRequestIdCountAsOftenAsTheyAreInOneFile() throws IOException {
    String call = "{\"when\":\"2026-03-01T10:00:00Z\",\"model\":\"gpt-4o\",\"output_tokens\":5}\n";
    Path one = Files.writeString(folder.resolve("one.jsonl"), call.repeat(3));
    Path other = Files.writeString(folder.resolve("other.jsonl"), call.repeat(2));
    Path ledger = folder.resolve("ledger");

    assertThat(add(ledger, one, other).added()).isEqualTo(3);
    assertThat(Ledgers.ingest(ledger, List.of(one, other)).added()).isZero();
  }

  @Test
  void whatCannotBeAccountedIsToldAndTheRestIsTaken() throws IOException {
    Path calls = Ledgers.calls(folder.resolve("calls.jsonl"), 0, 20);
    Path bad =
        Files.writeString(
            folder.resolve("bad.jsonl"),
            """
            {"when":"2026-03-01T10:00:00Z","model":"gpt-4o","output_tokens":-5}
            {"when":"2031-03-01T10:00:00Z","model":"gpt-4o","output_tokens":5}
            not JSON
            {"when":"2026-03-01T10:00:00Z","model":"gpt-4o","output_tokens":5}
            """);
    Path ledger = folder.resolve("ledger");

    BatchAssembly.Result result = add(ledger, calls, bad);

    assertThat(result.added()).isEqualTo(21);
    assertThat(result.refused()).isEqualTo(3);
    assertThat(Files.readString(result.quarantine().orElseThrow()))
        .contains("bad.jsonl")
        .contains("output_tokens")
        .contains("lies in the future")
        .contains("is no JSON object");
    assertThat(result.seal().map(Seal::refused)).contains(3L);
  }

  @Test
  void damagedFilesAreToldAndTheOthersRead() throws IOException {
    Path lake = Files.createDirectory(folder.resolve("lake"));
    Path whole = Files.copy(typedCalls("whole"), lake.resolve("whole.parquet"));
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(
        lake.resolve("broken-off.parquet"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    // Its end is whole, what is in it is not.
    byte[] scrambled = bytes.clone();
    for (int i = 4; i < scrambled.length / 2; i++) {
      scrambled[i] ^= 0x55;
    }
    Files.write(lake.resolve("scrambled.parquet"), scrambled);
    Files.writeString(lake.resolve("_SUCCESS.parquet"), "no usage");
    Path ledger = folder.resolve("ledger");

    BatchAssembly.Result result = add(ledger, lake);

    assertThat(result.added()).isEqualTo(400);
    assertThat(result.refused()).isEqualTo(2);
    assertThat(result.refusals().toString())
        .contains("broken-off.parquet")
        .contains("scrambled.parquet")
        .doesNotContain("whole.parquet");
    Ledgers.requireIntact(ledger);
  }

  @Test
  void aLakeThatChangedItsColumnsIsReadFileByFile() throws IOException {
    Path lake = Files.createDirectory(folder.resolve("lake"));
    String when = "timestamp'2026-04-01 10:00:00' AS ";
    Files.move(
        parquet(
            "a",
            "SELECT 'a' AS request_id, " + when + "time, 'gpt-4o' AS model, 5 AS output_tokens"),
        lake.resolve("a.parquet"));
    Files.move(
        parquet(
            "b",
            "SELECT 'b' AS request_id, '2026-04-01T11:00:00Z' AS started_at, 'gpt-4o' AS"
                + " model_name, '5' AS completion_tokens, named_struct('x', 1) AS more"),
        lake.resolve("b.parquet"));
    Files.move(
        parquet(
            "c",
            "SELECT 'c' AS request_id, 1775041200L AS when, 'gpt-4o' AS model, 5D AS"
                + " output_tokens, 'FR' AS region"),
        lake.resolve("c.parquet"));
    Path ledger = folder.resolve("ledger");

    BatchAssembly.Result result = add(ledger, lake);

    assertThat(result.added()).as(result.toString()).isEqualTo(3);
    assertThat(result.refused()).isZero();
    assertThat(Ledger.open(ledger).snapshot().live().keySet().toString())
        .contains("day=2026-04-01")
        .doesNotContain("undated");
  }

  @Test
  void whatFoldersOfALakeSayIsReadAsColumns() {
    Path lake = folder.resolve("lake");
    spark
        .sql(
            "SELECT concat('x', id) AS request_id, timestamp'2026-04-01 10:00:00' AS time, 'gpt-4o'"
                + " AS model, 5 AS output_tokens, if(id = 0, NULL, concat('a/b ', id % 2)) AS team,"
                + " 'FR' AS region, 1 AS shard FROM range(9)")
        .write()
        .partitionBy("team", "shard", "region")
        .parquet(lake.toString());
    Path ledger = folder.resolve("ledger");

    assertThat(add(ledger, lake).added()).isEqualTo(9);
    assertThat(Ledgers.byTeam(ledger))
        .extracting(line -> line.keys().get(0) + "=" + line.activities())
        .containsExactly("=1", "a/b 0=4", "a/b 1=4");
  }

  @Test
  void rowsAreHeardBeforeTheFoldersTheyLieIn() throws IOException {
    Path team = Files.createDirectories(folder.resolve("lake/Team=search"));
    Files.move(
        parquet(
            "typed",
            "SELECT concat('p', id) AS request_id, 'gpt-4o' AS model, 5 AS output_tokens, if(id ="
                + " 0, 7, NULL) AS team FROM range(2)"),
        team.resolve("typed.parquet"));
    String call = "{\"model\":\"gpt-4o\",\"output_tokens\":5,\"request_id\":";
    Files.writeString(
        team.resolve("calls.jsonl"),
        call
            + "\"a\",\"team\":\"ads\"}\n"
            + call
            + "\"b\",\"department\":\"maps\"}\n"
            + call
            + "\"c\",\"team\":\" \"}\n"
            + call
            + "\"d\"}\n");
    Path ledger = folder.resolve("ledger");

    assertThat(add(ledger, folder.resolve("lake")).added()).isEqualTo(6);
    assertThat(Ledgers.byTeam(ledger))
        .extracting(line -> line.keys().get(0) + "=" + line.activities())
        .containsExactly("7=1", "ads=1", "maps=1", "search=3");
  }

  @Test
  void timesOfRowsAndOfFoldersAreOfUtcWhereTheyNameNoZone() throws IOException {
    Path day = Files.createDirectories(folder.resolve("lake/time=2026-03-01"));
    String zone = spark.conf().get("spark.sql.session.timeZone");
    spark.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
    try {
      Files.move(
          parquet(
              "typed",
              "SELECT 'gpt-4o' AS model, 5 AS output_tokens, if(id = 0, timestamp'2026-04-02"
                  + " 08:00:00', NULL) AS time FROM range(2)"),
          day.resolve("typed.parquet"));
      Path ledger = folder.resolve("ledger");
      assertThat(add(ledger, folder.resolve("lake")).added()).isEqualTo(2);
      assertThat(Ledger.open(ledger).snapshot().live().keySet().toString())
          .contains("day=2026-04-01")
          .contains("day=2026-03-01");
    } finally {
      spark.conf().set("spark.sql.session.timeZone", zone);
    }
  }

  @Test
  void timesThatNameNoZoneAreOfUtcWhateverTheSession() throws IOException {
    StringBuilder zoned = new StringBuilder();
    StringBuilder plain = new StringBuilder();
    for (int i = 10; i < 34; i++) {
      String rest = "\",\"model\":\"gpt-4o\",\"output_tokens\":" + i + "}\n";
      zoned.append("{\"when\":\"2026-03-01T10:00:").append(i).append("Z").append(rest);
      plain.append("{\"when\":\"2026-03-01T10:00:").append(i).append(rest);
    }
    Path one = Files.writeString(folder.resolve("zoned.jsonl"), zoned.toString());
    Path other = Files.writeString(folder.resolve("plain.jsonl"), plain.toString());
    String zone = spark.conf().get("spark.sql.session.timeZone");
    spark.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
    try {
      assertThat(add(folder.resolve("ledger"), one, other).added()).isEqualTo(24);
    } finally {
      spark.conf().set("spark.sql.session.timeZone", zone);
    }
  }

  @Test
  void rowsOfATableGoInByTheNamesOfTheirColumns() {
    Path ledger = folder.resolve("ledger");
    Dataset<Row> usage =
        spark.sql(
            "SELECT concat('x', id) AS request_id, 'gpt-4o' AS Model, id AS input_tokens, 3 AS"
                + " output_tokens FROM range(100)");

    BatchAssembly.Result result =
        new SparkLedger(spark, Ledgers.settings(ledger)).add(usage, "from a table");

    assertThat(result.added()).isEqualTo(100);
    assertThat(result.seal().map(Seal::reason)).contains("from a table");
    assertThat(Ledger.open(ledger).snapshot().live().keySet().toString()).contains("day=undated");
    Ledgers.requireIntact(ledger);
  }

  @Test
  void whatFailsLeavesTheLedgerAsItWas() throws IOException {
    Path ledger = folder.resolve("ledger");
    add(ledger, Ledgers.calls(folder.resolve("calls.jsonl"), 0, 100));
    String head = Files.readString(ledger.resolve("HEAD"), StandardCharsets.UTF_8);
    Dataset<Row> failing =
        spark.sql(
            "SELECT concat('x', id) AS request_id, 'gpt-4o' AS model, if(id = 90,"
                + " int(raise_error('torn')), 3) AS output_tokens FROM range(100)");

    assertThatThrownBy(() -> new SparkLedger(spark, Ledgers.settings(ledger)).add(failing, "fails"))
        .hasStackTraceContaining("torn");

    assertThat(Files.readString(ledger.resolve("HEAD"))).isEqualTo(head);
    assertThat(ledger.resolve("work")).isEmptyDirectory();
    Ledgers.requireIntact(ledger);
  }

  @Test
  void noUsageIsSaid() {
    assertThatThrownBy(() -> add(folder.resolve("ledger"), folder.resolve("none-*.parquet")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no such file");
  }
}
