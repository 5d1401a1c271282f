package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.ledger.store.LedgerDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every event once: whatever the format, the order and the batches. */
// It starts processes or takes long, and what it tests is the same on every JDK.
@EnabledForJreRange(min = JRE.JAVA_21)
class LedgerExactlyOnceTest {
  private static final String HEADER =
      "request_id,when,model,region,team,app,user,input_tokens,output_tokens\n";

  @TempDir Path folder;

  @Test
  void knowsAFileInEveryFormat() throws Exception {
    StringBuilder csv = new StringBuilder(HEADER);
    StringBuilder jsonl = new StringBuilder();
    // The last ones have no request id, some are alike, one has no time, one no names.
    for (int i = 0; i < 12; i++) {
      String id = i < 5 ? "r" + i : "";
      String when = i == 9 ? "" : "2026-03-0" + (1 + i % 2) + "T23:59:59.123456Z";
      String team = i == 10 ? "" : "Zoë ☃ 研究";
      int tokens = i < 8 ? 7 : i;
      csv.append(String.format("%s,%s,gpt-4o,eu-west-3,%s,,ann,%d,5%n", id, when, team, tokens));
      jsonl.append(
          String.format(
              "{\"request_id\":\"%s\",\"when\":\"%s\",\"model\":\"gpt-4o\",\"region\":\"eu-west-3\","
                  + "\"team\":\"%s\",\"user\":\"ann\",\"input_tokens\":%d,\"output_tokens\":\"5\"}%n",
              id, when, team, tokens));
    }
    Path asCsv = write("u.csv", csv.toString());
    Path asParquet = folder.resolve("u.parquet");
    try (LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
      database.execute(
          "COPY (SELECT * FROM read_csv('"
              + asCsv
              + "', all_varchar = true)) TO '"
              + asParquet
              + "' (FORMAT parquet)");
    }
    List<Path> files =
        List.of(
            asCsv,
            write("u.jsonl", jsonl.toString()),
            gzip("u.csv.gz", csv.toString()),
            gzip("u.jsonl.gz", jsonl.toString()),
            asParquet);
    for (Path first : files) {
      LedgerFixture ledger = ledger("of-" + first.getFileName());
      assertThat(ledger.read(first).added()).as(first.toString()).isEqualTo(12);
      LedgerIngest.Result others = ledger.read(files.toArray(Path[]::new));
      assertThat(others.added()).as("after " + first).isZero();
      assertThat(others.duplicates()).isEqualTo(12L * files.size());
      ledger.requireIntact();
    }
  }

  /** Every count is that of a multiset union, whatever the order and the size of batches. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void holdsTheUnionOfFilesInAnyOrderAndBatchesOfAnySize(long seed) throws Exception {
    Random random = new Random(seed);
    List<Path> files = new ArrayList<>();
    Map<String, Integer> union = new HashMap<>();
    for (int f = 0; f < 3; f++) {
      Map<String, Integer> ofFile = new HashMap<>();
      StringBuilder csv = new StringBuilder(HEADER);
      int rows = 1 + random.nextInt(25);
      for (int i = 0; i < rows; i++) {
        boolean named = random.nextInt(3) == 0;
        String id = named ? "r" + random.nextInt(12) : "";
        String when =
            random.nextInt(4) == 0
                ? ""
                : List.of("2026-03-01T23:59:59Z", "2026-03-02T00:00:00Z", "2025-12-31T23:00:00Z")
                    .get(random.nextInt(3));
        String row = when + ",gpt-4o,FR,t" + random.nextInt(2) + ",,," + random.nextInt(2) + ",5";
        csv.append(id).append(',').append(row).append('\n');
        if (named) {
          // One call has one id: what else is said of it later is not heard, but for its day.
          ofFile.put("id " + id, 1);
        } else {
          ofFile.merge(row, 1, Integer::sum);
        }
      }
      ofFile.forEach((event, times) -> union.merge(event, times, Math::max));
      files.add(write("f" + f + ".csv", onDaysNearby(csv.toString())));
    }
    int expected = union.values().stream().mapToInt(Integer::intValue).sum();
    for (int round = 0; round < 2; round++) {
      Collections.shuffle(files, random);
      LedgerFixture ledger = ledger("l" + round);
      ledger.read(2 + random.nextInt(20), files.toArray(Path[]::new));
      assertThat(ledger.events()).as("seed " + seed + ", round " + round).isEqualTo(expected);
      Collections.shuffle(files, random);
      LedgerIngest.Result again = ledger.read(2 + random.nextInt(20), files.toArray(Path[]::new));
      assertThat(again.added()).as("seed " + seed + ", round " + round).isZero();
      ledger.requireIntact();
    }
  }

  /** A request id is known on the days around its own: no call runs in two years. */
  private static String onDaysNearby(String csv) {
    StringBuilder near = new StringBuilder();
    csv.lines()
        .map(line ->
            line.startsWith("r") && !line.startsWith("request")
                ? line.replace("2025-12-31T23:00:00Z", "2026-03-02T00:00:00Z")
                : line)
        .forEach(line -> near.append(line).append('\n'));
    return near.toString();
  }

  @Test
  void tellsCallsApartThatDifferInWhereTheirNamesEnd() throws Exception {
    String row =
        "{\"when\":\"2026-03-01T10:00:00Z\",\"model\":\"gpt-4o\",\"region\":\"FR\",\"team\":\"%s\","
            + "\"app\":\"%s\",\"input_tokens\":1,\"output_tokens\":1}\n";
    LedgerFixture ledger = ledger("ledger");
    ledger.read(write("1.jsonl", String.format(row, "a\\u001fb", "c")));
    ledger.read(write("2.jsonl", String.format(row, "a", "b\\u001fc")));
    ledger.read(write("3.jsonl", String.format(row, "ab", "")));
    ledger.read(write("4.jsonl", String.format(row, "", "ab")));
    assertThat(ledger.events()).isEqualTo(4);
  }

  @Test
  void countsTheSameCallsSpreadOverBatches() throws Exception {
    String same = ",2026-03-01T10:00:00Z,gpt-4o,FR,t,,,1,5\n";
    Path usage = write("u.csv", HEADER + same.repeat(23));
    LedgerFixture ledger = ledger("ledger");
    assertThat(ledger.read(4, usage).added()).isEqualTo(23);
    assertThat(ledger.read(7, usage).added()).isZero();
    assertThat(ledger.read(5, write("more.csv", HEADER + same.repeat(25))).added()).isEqualTo(2);
    assertThat(ledger.read(LedgerFixture.LARGE, usage, usage).added()).isZero();
    ledger.requireIntact();
  }

  @Test
  void takesOddNamesAsTheyAre() throws Exception {
    StringBuilder lines = new StringBuilder();
    List<String> names =
        List.of(
            "../../../etc/passwd",
            "=cmd|' /C calc'!A0",
            "x".repeat(100_000),
            "day=2026-03-01/../..",
            "\\u0000nul",
            "\\ud83c\\udf0d",
            "\\ud800 half",
            "'; DROP TABLE events; --",
            "e\\u0301",
            "\\u001b[2J");
    for (String name : names) {
      lines.append(
          String.format(
              "{\"when\":\"2026-03-01T10:00:00Z\",\"model\":\"gpt-4o\",\"region\":\"FR\","
                  + "\"team\":\"%s\",\"app\":\"%s\",\"user\":\"%s\",\"output_tokens\":5}%n",
              name, name, name));
    }
    Path usage = write("u.jsonl", lines.toString());
    LedgerFixture ledger = ledger("ledger");
    LedgerIngest.Result result = ledger.read(usage);
    assertThat(result.added() + result.refused()).isEqualTo(names.size());
    assertThat(result.refused()).as(result.refusals().toString()).isZero();
    assertThat(ledger.read(usage).added()).isZero();
    assertThat(ledger.rows("SELECT count(DISTINCT team) FROM events"))
        .isEqualTo(List.of(List.of(Integer.toString(names.size()))));
    ledger.requireIntact();
    ledger.requireNothingUnsealed();
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("ledger", "u.jsonl");
    }
  }

  @Test
  void keepsAHundredThousandTeamsAndUsersApart() throws Exception {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < 100_000; i++) {
      csv.append(",2026-03-01T10:00:00Z,gpt-4o,FR,t").append(i).append(",,u").append(i);
      csv.append(",1,5\n");
    }
    LedgerFixture ledger = ledger("ledger");
    assertThat(ledger.read(write("u.csv", csv.toString())).added()).isEqualTo(100_000);
    assertThat(
            ledger.rows(
                "SELECT count(DISTINCT team), count(DISTINCT user_hash), count(*) FROM events"))
        .isEqualTo(List.of(List.of("100000", "100000", "100000")));
    ledger.requireIntact();
  }

  @Test
  void keepsMicrosecondsAndWhatIsEmptyApartFromWhatIsNotThere() throws Exception {
    Path usage =
        write(
            "u.csv",
            HEADER
                + ",2026-03-01T10:00:00.123456789Z,gpt-4o,FR,,,,1,5\n"
                + ",2026-03-01T10:00:00.123457Z,gpt-4o,FR,,,,1,5\n"
                + ",1970-01-01T00:00:00Z,gpt-4o,FR,,,,1,5\n"
                + ",,gpt-4o,,,,,1,5\n");
    LedgerFixture ledger = ledger("ledger");
    LedgerIngest.Result result = ledger.read(usage);
    assertThat(result.added()).isEqualTo(3);
    assertThat(result.refusals())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.reason()).contains("first grid factors"));
    assertThat(ledger.rows("SELECT count(DISTINCT time), count(time), min(time) FROM events"))
        .isEqualTo(List.of(List.of("2", "2", "2026-03-01T10:00:00.123456Z")));
    assertThat(ledger.rows("SELECT count(*) FROM events WHERE team = '' AND user_hash IS NULL"))
        .isEqualTo(List.of(List.of("3")));
  }

  private LedgerFixture ledger(String name) {
    return new LedgerFixture(folder.resolve(name));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path gzip(String name, String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return Files.write(folder.resolve(name), packed.toByteArray());
  }

  /** Who guesses a user must not find the events in what is left of them. */
  @Test
  void idsSayNothingWithoutTheSecretOfTheLedger() throws IOException {
    Path usage =
        Files.writeString(
            folder.resolve("one.jsonl"),
            "{\"request_id\":\"r1\",\"model\":\"gpt-4o\",\"output_tokens\":5}\n");
    List<String> ids = new java.util.ArrayList<>();
    for (String name : List.of("a", "b")) {
      LedgerFixture ledger = new LedgerFixture(folder.resolve("secret-" + name));
      ledger.read(usage);
      assertThat(ledger.read(usage).added()).isZero();
      ids.add(ledger.rows("SELECT id FROM events").get(0).get(0));
    }
    assertThat(ids).doesNotHaveDuplicates();
  }

  /** Ledgers of earlier versions know their events again. */
  @Test
  void aLedgerThatBeganWithPlainIdsGoesOnWithThem() throws IOException {
    Path usage =
        Files.writeString(
            folder.resolve("one.jsonl"),
            "{\"request_id\":\"r1\",\"model\":\"gpt-4o\",\"output_tokens\":5}\n");
    LedgerFixture ledger = new LedgerFixture(folder.resolve("old"));
    Files.createDirectories(ledger.folder());
    Files.writeString(ledger.folder().resolve("ledger.json"), "{\"layout\" : 1}");
    ledger.read(usage);
    // The first bits of SHA-256("request r1").
    assertThat(ledger.rows("SELECT id FROM events").get(0).get(0))
        .isEqualTo("3e6cf602-4c31-b30c-a2ee-57fc8fd7b571");
    assertThat(ledger.read(usage).added()).isZero();
    ledger.requireIntact();

    Files.writeString(
        ledger.folder().resolve("ledger.json"), "{\"layout\" : 2, \"eventIds\" : \"other\"}");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> ledger.read(usage))
        .isInstanceOf(io.gtrace.ledger.store.LedgerException.class)
        .hasMessageContaining("newer version");
  }

  /** Signs of patterns in a name are signs, also where other files meet the pattern. */
  @Test
  void aNameThatLooksLikeAPatternNamesOneLedgerAndOneFile() throws Exception {
    LedgerFixture other = new LedgerFixture(folder.resolve("ledger1"));
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger[1]"));
    LedgerFixture star = new LedgerFixture(folder.resolve("ledger*"));
    int tokens = 1;
    for (LedgerFixture each : List.of(other, ledger, star)) {
      Path usage = folder.resolve("usage-" + tokens + ".parquet");
      if (each.folder().equals(star.folder())) {
        usage = folder.resolve("usage-?.parquet");
      }
      try (LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
        database.execute(
            "COPY (SELECT 'gpt-4o' AS model, "
                + tokens
                + " AS output_tokens) TO "
                + LedgerDatabase.text(usage.toString())
                + " (FORMAT parquet)");
      }
      assertThat(each.read(usage).added()).isEqualTo(1);
      assertThat(each.rows("SELECT output_tokens FROM events"))
          .containsExactly(List.of(String.valueOf(tokens)));
      each.requireIntact();
      tokens++;
    }
  }
}
