package io.gtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.store.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a stream go into the ledger once, late, repeated, or told again after a crash. */
class SparkStreamTest {
  @TempDir static Path sparkFolder;
  @TempDir Path folder;
  private static SparkSession spark;
  private Path topic;
  private Path ledger;
  private Path checkpoint;

  @BeforeAll
  static void start() {
    spark = LocalSpark.in(sparkFolder).getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void folders() throws IOException {
    topic = Files.createDirectory(folder.resolve("topic"));
    ledger = folder.resolve("ledger");
    checkpoint = folder.resolve("checkpoint");
  }

  private static String call(int number, String day) {
    return String.format(
        Locale.ROOT,
        "{\"request_id\":\"r%d\",\"when\":\"2026-03-%sT10:00:00Z\",\"model\":\"gpt-4o\","
            + "\"region\":\"FR\",\"output_tokens\":%d}%n",
        number,
        day,
        10 + number);
  }

  private void tell(String file, String... calls) throws IOException {
    // As a whole: a stream takes files as they appear.
    Path written = Files.writeString(folder.resolve(file), String.join("", calls));
    Files.move(written, topic.resolve(file));
  }

  /** Lines of a folder, shaped as messages of a topic: bytes in a column {@code value}. */
  private Dataset<Row> messages() {
    return spark
        .readStream()
        .format("text")
        .option("maxFilesPerTrigger", "1")
        .load(topic.toString())
        .selectExpr("cast(value AS binary) AS value");
  }

  private void drain() throws Exception {
    StreamingQuery query =
        new SparkLedger(spark, Ledgers.settings(ledger))
            .stream(messages(), "calls", checkpoint.toString(), Trigger.AvailableNow());
    query.awaitTermination();
  }

  private long batches() {
    return Ledger.open(ledger).snapshot().head().batch();
  }

  @Test
  void lateAndRepeatedEventsCountOnceInTheirDays() throws Exception {
    tell("1.txt", call(1, "10"), call(2, "10"), call(2, "10"));
    tell("2.txt", call(2, "10"), call(3, "11"), "no JSON\n");
    // A week late, and one that is known.
    tell("3.txt", call(4, "03"), call(1, "10"));
    drain();

    assertThat(Ledgers.events(ledger)).isEqualTo(4);
    assertThat(Ledger.open(ledger).snapshot().live().keySet().toString())
        .contains("day=2026-03-03", "day=2026-03-10", "day=2026-03-11");
    assertThat(Ledger.open(ledger).snapshot().refused()).isEqualTo(1);
    Ledgers.requireIntact(ledger);
  }

  @Test
  void everyBatchKeepsWhatItRefuses() throws Exception {
    tell("1.txt", call(1, "10"), "no JSON\n");
    tell("2.txt", call(2, "10"), call(3, "10").replace("13", "-13"));
    tell("3.txt", call(4, "10"));
    drain();
    forgetLastBatch();
    drain();

    assertThat(quarantined())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("topic/1.txt", "is no JSON object"))
        .anySatisfy(line -> assertThat(line).contains("topic/2.txt", "output_tokens", "-13"));
  }

  private List<String> quarantined() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    }
  }

  @Test
  void aQueryThatIsStartedAgainGoesOn() throws Exception {
    tell("1.txt", call(1, "10"), call(2, "10"));
    drain();
    tell("2.txt", call(2, "10"), call(3, "10"));
    drain();
    drain();

    assertThat(Ledgers.events(ledger)).isEqualTo(3);
    Ledgers.requireIntact(ledger);
  }

  @Test
  void aBatchThatWasSealedAndNotYetMarkedAsDoneChangesNothing() throws Exception {
    tell("1.txt", call(1, "10"));
    tell("2.txt", call(2, "10"));
    drain();
    long before = batches();
    // As if the driver had died between the seal and Spark's own note of the batch.
    forgetLastBatch();
    drain();

    assertThat(batches()).isEqualTo(before);
    assertThat(Ledgers.events(ledger)).isEqualTo(2);
  }

  @Test
  void aCheckpointThatIsLostAddsNothingTwice() throws Exception {
    tell("1.txt", call(1, "10"), call(2, "10"));
    drain();
    delete(checkpoint);
    tell("2.txt", call(3, "10"));
    drain();

    assertThat(Ledgers.events(ledger)).isEqualTo(3);
    Ledgers.requireIntact(ledger);
  }

  private void forgetLastBatch() throws IOException {
    Path commits = checkpoint.resolve("commits");
    try (Stream<Path> files = Files.list(commits)) {
      List<Path> last = files.filter(file -> file.getFileName().toString().contains("1")).toList();
      for (Path each : last) {
        Files.delete(each);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(each -> {
            try {
              Files.delete(each);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
