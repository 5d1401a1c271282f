package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.footprint.Impact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad input on its way into a ledger, kind by kind: what is wrong is refused with its line, and
 * both neighbours are accounted.
 */
class BadInputTest {
  private static final String JSON_BEFORE = call("before", "5", "2026-03-01T10:00:00Z");
  private static final String JSON_AFTER = call("after", "7", "2026-03-01T11:00:00Z");

  @TempDir Path folder;
  private LedgerFixture ledger = new LedgerFixture(Path.of(""));

  @BeforeEach
  void place() {
    ledger = new LedgerFixture(folder.resolve("ledger"));
  }

  private static String call(String id, String tokens, String when) {
    return "{\"request_id\":\""
        + id
        + "\",\"when\":\""
        + when
        + "\",\"model\":\"gpt-4o\",\"output_tokens\":"
        + tokens
        + "}";
  }

  private LedgerIngest.Result between(byte[] bad) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes((JSON_BEFORE + "\n").getBytes(StandardCharsets.UTF_8));
    text.writeBytes(bad);
    text.writeBytes(("\n" + JSON_AFTER + "\n").getBytes(StandardCharsets.UTF_8));
    return ledger.read(Files.write(folder.resolve("usage.jsonl"), text.toByteArray()));
  }

  private LedgerIngest.Result between(String bad) throws IOException {
    return between(bad.getBytes(StandardCharsets.UTF_8));
  }

  private void requireNeighbours() {
    assertThat(ledger.rows("SELECT output_tokens FROM events WHERE output_tokens IN (5, 7)"))
        .hasSize(2);
    ledger.requireIntact();
    ledger.requireNothingUnsealed();
  }

  private void requireRefused(LedgerIngest.Result result, String field, String... words) {
    assertThat(result.added()).isEqualTo(2);
    assertThat(result.refusals())
        .singleElement()
        .satisfies(refusal -> {
          assertThat(refusal.line()).isEqualTo(2);
          assertThat(refusal.field()).isEqualTo(field);
          assertThat(List.of(words)).allMatch(refusal.reason()::contains);
        });
    requireNeighbours();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -1                  | zero or more
          -9223372036854775808| zero or more
          1000000000000000000 | output_tokens
          1e18                | output_tokens
          1e400               | whole number
          12345678901234567890123456789012345678901234567890 | whole number
          0.5                 | whole number
          "\\"five\\""         | whole number
          {}                  | number
          [5]                 | number
          true                | whole number
          """)
  void anAmountThatCannotBeIsRefused(String amount, String words) throws IOException {
    LedgerIngest.Result result =
        between(call("bad", amount.replaceAll("^\"\\\\\"|\\\\\"\"$", "\""), "2026-03-01"));
    assertThat(result.added()).isEqualTo(2);
    assertThat(result.refusals())
        .singleElement()
        .satisfies(refusal -> {
          assertThat(refusal.line()).isEqualTo(2);
          assertThat(refusal.field()).isEqualTo("output_tokens");
          assertThat("output_tokens " + refusal.reason()).contains(words);
        });
    requireNeighbours();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"6\"", "\" 6 \"", "6.0", "\"6.000\"", "6e0", "\"0006\""})
  void aNumberAsTextIsTheNumber(String amount) throws IOException {
    assertThat(between(call("text", amount, "2026-03-01")).added()).isEqualTo(3);
    assertThat(ledger.rows("SELECT sum(output_tokens) FROM events"))
        .isEqualTo(List.of(List.of("18")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1772359200",
        "1772359200.0",
        "1772359200000",
        "1772359200000000",
        "1772359200000000000",
        "2026-03-01T10:00:00Z",
        "2026-03-01 10:00:00",
        "2026-03-01T11:00+01:00",
        "2026-03-01T05:00:00-0500",
        "2026-03-01 10:00:00 UTC"
      })
  void everyClockTellsTheSameMoment(String when) throws IOException {
    assertThat(between(call("clock", "6", when)).added()).isEqualTo(3);
    assertThat(ledger.rows("SELECT time FROM events WHERE output_tokens = 6").toString())
        .startsWith("[[2026-03-01T10:00:00");
  }

  @Test
  void aLocalClockIsReadByTheZoneOfItsMapping() throws IOException {
    Path mapping =
        Files.writeString(
            folder.resolve("mapping.yaml"),
            "format: ours\ncolumns: {model: m, output_tokens: n, when: t}\nzone: Europe/Paris\n");
    Path usage =
        Files.writeString(
            folder.resolve("u.jsonl"),
            """
            {"m":"gpt-4o","n":1,"t":"2026-03-28T12:00:00"}
            {"m":"gpt-4o","n":2,"t":"2026-03-30T12:00:00"}
            """);
    LedgerFixture.ingest(LedgerFixture.LARGE)
        .ingest(
            io.gtrace.ledger.store.Ledger.openOrCreate(ledger.folder()),
            java.time.Duration.ZERO,
            UsageFiles.of(
                List.of(usage),
                java.io.InputStream.nullInputStream(),
                InputFormat.mapping(mapping),
                UsageDefaults.NONE),
            folder.resolve("q.jsonl"));
    assertThat(ledger.rows("SELECT time FROM events ORDER BY 1").toString())
        .contains("2026-03-28T11:00", "2026-03-30T10:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2190-01-01",
        "1999-01-01",
        "2026-02-30",
        "-5",
        "yesterday",
        "99999999999999999999"
      })
  void aTimeThatCannotBeIsRefused(String when) throws IOException {
    requireRefused(between(call("bad", "6", when)), "when");
  }

  @Test
  void aKeyThatIsThereTwiceIsRefusedUnlessItSaysTheSame() throws IOException {
    requireRefused(
        between("{\"model\":\"gpt-4o\",\"output_tokens\":6,\"output_tokens\":9}"),
        "output_tokens",
        "twice");
    assertThat(between("{\"model\":\"gpt-4o\",\"output_tokens\":6,\"output_tokens\":6}").added())
        .isEqualTo(1);
  }

  @Test
  void badUtf8IsRefused() throws IOException {
    byte[] bad = call("bad", "6", "2026-03-01").getBytes(StandardCharsets.UTF_8);
    bad[18] = (byte) 0xff;
    requireRefused(between(bad), "", "UTF-8");
  }

  @Test
  void aNestingOfAHundredThousandIsRefused() throws IOException {
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    requireRefused(between(deep), "", "too deeply");
  }

  @Test
  void aLineOfFiftyMegabytesIsReadWithoutBeingHeld() throws IOException {
    String prompt = "x".repeat(50_000_000);
    LedgerIngest.Result result =
        between(
            "{\"prompt\":\""
                + prompt
                + "\",\"request_id\":\"long\",\"model\":\"gpt-4o\","
                + "\"output_tokens\":6}");
    assertThat(result.added()).isEqualTo(3);
    requireNeighbours();
  }

  @Test
  void aLineOfFiftyMegabytesInATableOrALogIsRefused() throws IOException {
    String endless = "x".repeat(50_000_000);
    Path table =
        Files.writeString(
            folder.resolve("u.csv"),
            "request_id,model,output_tokens\na,gpt-4o,5\n" + endless + "\nb,gpt-4o,7\n");
    assertThat(ledger.read(table).refused()).isEqualTo(1);
    requireNeighbours();
    String line =
        " 10:00:50 [loggers.py:87] Engine 000: Avg prompt throughput: 1.0 tokens/s, Avg generation"
            + " throughput: 2.0 tokens/s\n";
    Path log =
        Files.writeString(
            folder.resolve("vllm.log"),
            "INFO 03-05 10:00:01 [core.py:58] Initializing a V1 LLM engine (v0.8.5) with config:"
                + " model='Qwen/Qwen2.5-7B-Instruct', x\nINFO 03-05"
                + line
                + endless
                + "\n"
                + "INFO 03-06"
                + line);
    LedgerIngest.Result result = ledger.read(log);
    assertThat(result.refused()).isEqualTo(1);
    assertThat(result.added()).isEqualTo(2);
  }

  @Test
  void aTruncatedArchiveIsAccountedUpToItsEnd() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 5_000; i++) {
        String line = call("r" + i * 7_919L % 5_003, Integer.toString(i), "2026-03-01") + "\n";
        out.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] whole = packed.toByteArray();
    Path cut = Files.write(folder.resolve("u.jsonl.gz"), Arrays.copyOf(whole, whole.length / 2));
    LedgerIngest.Result result = ledger.read(cut);
    assertThat(result.added()).isBetween(1_500L, 3_500L);
    assertThat(result.refusals().get(0).reason()).contains("archive is incomplete");
    ledger.requireIntact();
  }

  /** A megabyte that unpacks to a gigabyte in one line. */
  @Test
  void anArchiveThatWasMadeToFillTheMemoryIsGivenUp() throws IOException {
    Path bomb = folder.resolve("bomb.jsonl.gz");
    byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb), 1 << 16)) {
      out.write((JSON_BEFORE + "\n").getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 1_100; i++) {
        out.write(block);
      }
    }
    try {
      LedgerIngest.Result result = ledger.read(bomb);
      assertThat(result.refusals())
          .anyMatch(refusal -> refusal.reason().contains("unpacks to more than"));
      assertThat(result.added()).isLessThanOrEqualTo(1);
    } catch (UsageException noUsage) {
      assertThat(noUsage).hasMessageContaining("bomb.jsonl.gz");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model,output_tokens",
        "gpt-4o,6",
        "<html>",
        "INFO 03-05 10:00:50 [loggers.py:87] Engine 000: Avg prompt throughput: 1.0 tokens/s",
        "{\"object\":\"bucket\"",
        "]",
        "null",
        "\"gpt-4o\""
      })
  void aLineOfAnotherFormatIsRefused(String other) throws IOException {
    LedgerIngest.Result result = between(other);
    assertThat(result.added()).isEqualTo(2);
    assertThat(result.refusals()).anyMatch(refusal -> refusal.line() == 2);
    requireNeighbours();
  }

  @Test
  void anUnknownModelIsPricedByItsClassWithAWideIntervalAndListed() throws IOException {
    between(call("unknown", "1000", "2026-03-01").replace("gpt-4o", "acme-next-9000"));
    try (var query =
        io.gtrace.ledger.query.LedgerQuery.open(
            ledger.ledger().snapshot(), io.gtrace.ledger.store.RollupFiles.Pricing.CURRENT)) {
      assertThat(query.unknownModels()).containsOnlyKeys("acme-next-9000");
      var lines =
          query.by(
              List.of(io.gtrace.ledger.query.GroupBy.MODEL), io.gtrace.ledger.query.Period.ALL);
      var unknown =
          lines.stream()
              .filter(line -> line.keys().get(0).equals("acme-next-9000"))
              .findFirst()
              .orElseThrow()
              .footprint()
              .quantity(Impact.ENERGY_KWH)
              .orElseThrow();
      assertThat(unknown.high() / unknown.low()).isGreaterThan(3);
    }
  }

  /** Names become file names nowhere: only the day does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../escaped",
        "/etc/passwd",
        "..\\\\..\\\\escaped",
        "day=2026-03-01/../../x",
        "a'; DROP TABLE stage_event; --",
        "\\u0000",
        "con.parquet"
      })
  void aNameThatIsAPathLeadsNowhere(String name) throws IOException {
    Set<String> before = everything();
    between(
        call("named", "6", "2026-03-01")
            .replace(
                "\"model\"",
                "\"team\":\""
                    + name
                    + "\",\"app\":\""
                    + name
                    + "\",\"user\":\""
                    + name
                    + "\",\"model\"")
            .replace("named", name));
    assertThat(ledger.rows("SELECT count(*) FROM events")).isEqualTo(List.of(List.of("3")));
    requireNeighbours();
    Set<String> made = everything();
    made.removeAll(before);
    assertThat(made).allMatch(path -> path.startsWith("ledger") || path.equals("usage.jsonl"));
  }

  private Set<String> everything() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(path -> folder.relativize(path).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void aFileThatIsNamedLikeAPathKeepsItsQuarantineHere() {
    assertThat(UsageFiles.of(List.of(Path.of("../../etc/x.csv")), UsageDefaults.NONE).quarantine())
        .hasToString("quarantine-x.csv.jsonl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{", "\"", "[{\"a\":", "\u0000", "PK\u0003\u0004", "%PDF-1.7"})
  void whatIsNoUsageIsSaidInOneLine(String start) throws IOException {
    Path file = Files.writeString(folder.resolve("u.jsonl"), start.repeat(200));
    try {
      LedgerIngest.Result result = ledger.read(file);
      assertThat(result.added()).isZero();
      assertThat(result.refused()).isPositive();
    } catch (UsageException noUsage) {
      assertThat(String.valueOf(noUsage.getMessage()).lines()).hasSize(1);
      assertThat(String.valueOf(noUsage.getMessage()).toLowerCase(Locale.ROOT))
          .doesNotContain("exception");
    }
  }

  @Test
  void aFileThatVanishesIsNamed() {
    assertThatThrownBy(() -> ledger.read(folder.resolve("gone.jsonl")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("gone.jsonl: there is no such file");
  }
}
