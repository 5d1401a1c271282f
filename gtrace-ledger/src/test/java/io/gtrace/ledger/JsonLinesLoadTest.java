package io.gtrace.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the database reads by itself give what reading record by record gives. */
class JsonLinesLoadTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final RateCard CARD =
      new RateCard(CATALOGUE, Draws.standard(CATALOGUE.correlations()), Fallback.ALLOW);
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));

  /** Enough to be more than the size from which the database reads. */
  private static final int CALLS = 20_000;

  @TempDir Path folder;

  private static String liteLlm(Random random, int i) {
    return String.format(
        Locale.ROOT,
        "{\"request_id\":\"c%d\",\"call_type\":\"acompletion\",\"api_key\":\"%064d\",\"prompt_tokens\":%s,"
            + "\"completion_tokens\":%d,\"startTime\":\"2026-03-%02dT%02d:00:00.5Z\",\"model\":\"%s\","
            + "\"api_base\":\"https://%s.api.cognitive.microsoft.com\",\"user\":\"u%d\",\"team_id\":\"%s\","
            + "\"metadata\":{\"additional_usage_values\":{\"prompt_tokens_details\":{\"cached_tokens\":%d}}},"
            + "\"cache_hit\":\"%s\"}%n",
        i,
        i,
        random.nextBoolean() ? "\"900\"" : "700",
        random.nextInt(500),
        1 + random.nextInt(28),
        random.nextInt(24),
        random.nextInt(9) == 0 ? "nobody-knows" : "gpt-4o",
        random.nextBoolean() ? "westeurope" : "eastus",
        random.nextInt(50),
        random.nextInt(7) == 0 ? " search " : "chat",
        random.nextInt(3) * 300,
        random.nextInt(50) == 0 ? "True" : "False");
  }

  private static String plain(Random random, int i) {
    return String.format(
        Locale.ROOT,
        "{\"request_id\":\"c%d\",\"trace\":\"%0160d\",\"tokens_note\":\"%d\",\"timestamp\":%d,"
            + "\"model\":\"gpt-4o-mini\",\"region\":\"FR\",\"team\":\"t%d\",\"prompt_tokens\":%d,"
            + "\"completion_tokens\":%d,\"calls\":2}%n",
        i,
        i,
        i,
        1_772_323_200L + random.nextInt(1_000_000),
        random.nextInt(3),
        random.nextInt(3_000),
        random.nextInt(500));
  }

  private Path write(String name, Function<Random, String> lines) throws IOException {
    return Files.writeString(folder.resolve(name), lines.apply(new Random(11)));
  }

  private LedgerIngest.Result ingest(String ledger, Path... files) {
    return new LedgerIngest(CARD, NOW, Reading.SILENT, "test")
        .ingest(
            Ledger.openOrCreate(folder.resolve(ledger)),
            Duration.ZERO,
            List.of(files),
            UsageDefaults.NONE,
            folder.resolve("quarantine-" + ledger + ".jsonl"));
  }

  @Test
  void oneOfTwoConditionsIsEnough() throws IOException {
    Path mapping =
        Files.writeString(
            folder.resolve("mapping.yaml"),
            """
            format: ours
            keep:
              - field: type
                is: [completion]
                or: {field: kind, is: [chat]}
            columns:
              request_id: id
              model: model
              output_tokens: out
              when: at
            """);
    Path usage =
        write(
            "either.jsonl",
            random ->
                repeated(
                    CALLS,
                    i ->
                        String.format(
                            "{\"id\":\"c%d\",\"pad\":\"%0200d\",\"%s\",\"model\":\"gpt-4o\",\"out\":10,"
                                + "\"at\":\"2026-03-01T00:00:00Z\"}%n",
                            i,
                            i,
                            switch (i % 3) {
                              case 0 -> "type\":\"completion";
                              case 1 -> "kind\":\"chat";
                              default -> "kind\":\"health";
                            })));
    LedgerIngest.Result result =
        new LedgerIngest(CARD, NOW, Reading.SILENT, "test")
            .ingest(
                Ledger.openOrCreate(folder.resolve("either")),
                Duration.ZERO,
                UsageFiles.of(
                    List.of(usage),
                    InputStream.nullInputStream(),
                    InputFormat.mapping(mapping),
                    UsageDefaults.NONE),
                folder.resolve("quarantine-either.jsonl"));
    assertThat(result.refusals()).isEmpty();
    assertThat(Ledger.open(folder.resolve("either")).snapshot().events())
        .isEqualTo((2 * CALLS + 2) / 3);
  }

  private Map<List<String>, QueryLine> answers(String ledger) {
    try (LedgerQuery query =
        LedgerQuery.open(Ledger.open(folder.resolve(ledger)).snapshot(), Pricing.CURRENT)) {
      return query
          .by(List.of(GroupBy.MODEL, GroupBy.REGION, GroupBy.TEAM, GroupBy.DAY), Period.ALL)
          .stream()
          .collect(Collectors.toMap(QueryLine::keys, line -> line));
    }
  }

  private static String repeated(int calls, Function<Integer, String> line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < calls; i++) {
      text.append(line.apply(i));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"litellm", "plain"})
  void givesWhatReadingRecordByRecordGives(String format) throws IOException {
    Path large =
        write(
            "large.jsonl",
            random ->
                repeated(
                    CALLS, i -> format.equals("plain") ? plain(random, i) : liteLlm(random, i)));
    assertThat(Files.size(large)).isGreaterThan(LedgerIngest.LARGE_BYTES);
    List<String> lines = Files.readAllLines(large);
    Path[] parts = new Path[4];
    for (int p = 0; p < parts.length; p++) {
      parts[p] =
          Files.write(
              folder.resolve("part" + p + ".jsonl"),
              lines.subList(p * CALLS / parts.length, (p + 1) * CALLS / parts.length));
      assertThat(Files.size(parts[p])).isLessThan(LedgerIngest.LARGE_BYTES);
    }

    LedgerIngest.Result atOnce = ingest("at-once", large);
    LedgerIngest.Result byRecord = ingest("by-record", parts);

    assertThat(atOnce.added()).isEqualTo(byRecord.added()).isGreaterThan(CALLS * 9 / 10);
    Map<List<String>, QueryLine> expected = answers("by-record");
    Map<List<String>, QueryLine> got = answers("at-once");
    assertThat(got.keySet()).isEqualTo(expected.keySet());
    expected.forEach((keys, line) -> {
      QueryLine same = requireNonNull(got.get(keys));
      assertThat(same.activities()).isEqualTo(line.activities());
      double kg = line.footprint().median(Impact.CARBON_KG);
      assertThat(same.footprint().median(Impact.CARBON_KG)).isCloseTo(kg, within(1e-9 * kg));
    });
    assertThat(ingest("at-once", parts).added()).isZero();
    assertThat(ingest("by-record", large).added()).isZero();
  }

  @Test
  void refusesABadLineByItsNumberAndTakesAllOthers() throws IOException {
    Path large =
        write(
            "large.jsonl",
            random ->
                repeated(
                    CALLS, i -> i == 15_000 ? "{\"request_id\": broken\n" : liteLlm(random, i)));

    LedgerIngest.Result result = ingest("ledger", large);

    assertThat(result.refused()).isEqualTo(1);
    assertThat(result.refusals().get(0).line()).isEqualTo(15_001);
    assertThat(result.added()).isGreaterThan(CALLS * 9 / 10);
  }

  /** What is not plain in a line, each in its own way; all but the last two can be accounted. */
  private static String odd(int i) {
    String id = "\"request_id\":\"odd-" + i + "\",\"timestamp\":\"2026-03-04T05:06:07Z\"";
    List<String> lines =
        List.of(
            "{" + id + ",\"model\":\"gpt-4o\",\"input_tokens\":7.0,\"output_tokens\":3}",
            "{" + id + ",\"model\":\"gpt-\\u0034o\",\"output_tokens\":3}",
            "{" + id + ",\"model\":\"gpt-4o\",\"input_tokens\":7,\"input_tokens\":7}",
            "{" + id + ",\"model\":\"dall-e-3\",\"type\":\"image\",\"images\":2}",
            "{" + id + ",\n\"model\":\"gpt-4o\",\n\n\"output_tokens\":5\n}",
            "{" + id + ",\"model\":\"gpt-4o\",\"output_tokens\":\" 12 \",\"x\":[[{}],[]]}",
            "{" + id + ",\"model\":\"gpt-4o\",\"output_tokens\":12,\"team\":\" Z\u00fcrich \"}",
            "{" + id + ",\"model\":\"gpt-4o\",\"output_tokens\":-1}",
            "{" + id + ",\"model\":\"gpt-4o\",\"output_tokens\":1,\"note\":tru}");
    return lines.get(i % lines.size()) + "\n";
  }

  @Test
  void linesThatAreNotPlainAreReadAsTheyAreInASmallFile() throws IOException {
    int every = 1_000;
    Path large =
        write(
            "large.jsonl",
            random ->
                repeated(CALLS, i -> plain(random, i) + (i % every == 0 ? odd(i / every) : "")));
    Path small =
        Files.writeString(
            folder.resolve("small.jsonl"), repeated(CALLS / every, JsonLinesLoadTest::odd));

    LedgerIngest.Result byRecord = ingest("by-record", small);
    LedgerIngest.Result atOnce = ingest("at-once", large);

    assertThat(atOnce.added()).isEqualTo(CALLS + byRecord.added());
    assertThat(atOnce.refused()).isEqualTo(byRecord.refused()).isPositive();
    assertThat(ingest("at-once", small).added()).isZero();
    List<String> lines = Files.readAllLines(large);
    for (Refusal refusal : atOnce.refusals()) {
      assertThat(lines.get(Math.toIntExact(refusal.line()) - 1)).contains("\"odd-");
    }
  }

  @Test
  void anEventThatIsThereAgainFarAwayIsCountedOnce() throws IOException {
    Path large =
        write("large.jsonl", random -> repeated(CALLS, i -> plain(random, i % (CALLS - 500))));

    LedgerIngest.Result result = ingest("ledger", large);

    assertThat(result.added()).isEqualTo(CALLS - 500);
    assertThat(result.duplicates()).isEqualTo(500);
  }

  @Test
  void aMeteredBucketThatComesAgainWithLargerCountsIsRevised() throws IOException {
    int every = 10;
    String bucket =
        "{\"request_id\":\"meter|%d\",\"trace\":\"%0250d\",\"timestamp\":1772323200,"
            + "\"model\":\"gpt-4o\",\"region\":\"FR\",\"team\":\"t%d\",\"input_tokens\":%d}%n";
    Path early =
        write("early.jsonl", random -> repeated(CALLS, i -> bucket.formatted(i, i, i % 3, 100)));
    Path late =
        write(
            "late.jsonl",
            random ->
                repeated(
                    CALLS, i -> bucket.formatted(i, i, i % 3, i % every == 0 ? 150 : 100 - i % 2)));
    assertThat(Files.size(late)).isGreaterThan(LedgerIngest.LARGE_BYTES);
    assertThat(ingest("ledger", early).added()).isEqualTo(CALLS);

    LedgerIngest.Result again = ingest("ledger", late);

    assertThat(again.added()).isZero();
    assertThat(again.revised()).isEqualTo(CALLS / every);
    assertThat(again.duplicates()).isEqualTo(CALLS - CALLS / every);
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    assertThat(ledger.total().activities()).isEqualTo(CALLS);
    assertThat(ledger.total().tokens()).isEqualTo(100.0 * CALLS + 50.0 * CALLS / every);
    ledger.requireIntact();
    assertThat(ingest("ledger", late).seals()).isEmpty();
    assertThat(ingest("ledger", early).seals()).isEmpty();
  }

  @Test
  void aLargeFileInAFolderThatIsNoTextStopsNoOther() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.write(logs.resolve("a.jsonl"), new byte[5 << 20]);
    Files.writeString(logs.resolve("b.jsonl"), plain(new Random(3), 1));

    LedgerIngest.Result result =
        new LedgerIngest(CARD, NOW, Reading.SILENT, "test")
            .ingest(
                Ledger.openOrCreate(folder.resolve("ledger")),
                Duration.ZERO,
                UsageFiles.of(
                    List.of(logs),
                    InputStream.nullInputStream(),
                    InputFormat.detected(),
                    UsageDefaults.NONE),
                folder.resolve("quarantine.jsonl"));

    assertThat(result.added()).isEqualTo(1);
    assertThat(result.refused()).isEqualTo(1);
  }
}
