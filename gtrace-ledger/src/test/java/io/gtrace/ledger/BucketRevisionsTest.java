package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A metered bucket that comes again with larger counts is corrected, and never counted twice. */
class BucketRevisionsTest {
  private static final Percentage SAME = Percentage.withPercentage(1e-7);

  private static final int HOUR = 3_600;
  private static final int DAY = 24 * HOUR;

  /** 2026-01-01 in UTC. */
  private static final int DAY_START = 1_767_225_600;

  @TempDir Path folder;
  private int files;

  private LedgerFixture ledger(String name) {
    return new LedgerFixture(folder.resolve(name));
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("usage-" + files++ + ".json"), content);
  }

  private Path completions(int start, int requests, int input, int output) throws IOException {
    return file(
        String.format(
            Locale.ROOT,
            "{\"object\":\"page\",\"data\":[{\"object\":\"bucket\",\"start_time\":%d,\"end_time\":%d,"
                + "\"results\":[{\"object\":\"organization.usage.completions.result\","
                + "\"input_tokens\":%d,\"output_tokens\":%d,\"num_model_requests\":%d,"
                + "\"project_id\":\"search\",\"model\":\"gpt-4o\"}]}]}",
            start,
            start + 3_600,
            input,
            output,
            requests));
  }

  private Path bucket(int start, int seconds, String model, int output) throws IOException {
    return file(
        String.format(
            Locale.ROOT,
            "{\"object\":\"page\",\"data\":[{\"object\":\"bucket\",\"start_time\":%d,\"end_time\":%d,"
                + "\"results\":[{\"object\":\"organization.usage.completions.result\","
                + "\"input_tokens\":10,\"output_tokens\":%d,\"num_model_requests\":1,"
                + "\"project_id\":\"search\",\"model\":\"%s\"}]}]}",
            start,
            start + seconds,
            output,
            model));
  }

  private static void requireLeftOut(LedgerIngest.Result result, int buckets) {
    assertThat(result.duplicates()).isEqualTo(buckets);
    assertThat(result.notes())
        .anyMatch(note -> note.contains(buckets + " metered bucket") && note.contains("width"));
  }

  @Test
  void bucketsOfAnotherWidthAreNotCountedAgain() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    ledger.read(bucket(DAY_START, DAY, "gpt-4o", 900));
    Path hour = bucket(DAY_START + 23 * HOUR, HOUR, "gpt-4o", 100);
    requireLeftOut(ledger.read(hour), 1);
    assertThat(ledger.ledger().snapshot().seals()).hasSize(1);

    LedgerIngest.Result others =
        ledger.read(
            bucket(DAY_START + 23 * HOUR, HOUR, "gpt-4o-mini", 7),
            bucket(DAY_START + DAY, HOUR, "gpt-4o", 5),
            bucket(DAY_START + 5 * HOUR, 60, "gpt-4o", 3));
    assertThat(others.added()).isEqualTo(2);
    requireLeftOut(others, 1);

    assertThat(ledger.read(bucket(DAY_START, DAY, "gpt-4o", 950)).revised()).isEqualTo(1);
    requireLeftOut(ledger.read(bucket(DAY_START + DAY, DAY, "gpt-4o", 80)), 1);
    assertThat(ledger.rows("SELECT sum(output_tokens) FROM events"))
        .containsExactly(List.of(String.valueOf(950 + 7 + 5)));
    ledger.requireIntact();
  }

  @Test
  void ofBucketsOfSeveralWidthsInOneBatchTheFirstCount() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    LedgerIngest.Result result =
        ledger.read(
            bucket(DAY_START, HOUR, "gpt-4o", 10),
            bucket(DAY_START + HOUR, HOUR, "gpt-4o", 20),
            bucket(DAY_START, DAY, "gpt-4o", 30));
    requireLeftOut(result, 1);
    assertThat(ledger.rows("SELECT sum(output_tokens) FROM events")).containsExactly(List.of("30"));
  }

  @Test
  void aBucketThatIsLeftOutItselfStandsInNobodysWay() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    ledger.read(bucket(DAY_START, HOUR, "gpt-4o", 1));
    List<Path> read = new ArrayList<>(List.of(bucket(DAY_START, DAY, "gpt-4o", 300)));
    for (int hour = 0; hour < 24; hour++) {
      read.add(bucket(DAY_START + hour * HOUR, HOUR, "gpt-4o", 1 + hour));
    }
    LedgerIngest.Result result = ledger.read(read.toArray(Path[]::new));
    assertThat(result.added()).isEqualTo(23);
    assertThat(result.notes()).anyMatch(note -> note.contains("1 metered bucket was left out"));
    assertThat(ledger.rows("SELECT sum(output_tokens) FROM events"))
        .containsExactly(List.of("300"));
  }

  /** Lines of what was delivered, as a server keeps them. */
  private byte[] delivered(Path file) throws IOException {
    UsageDelivery delivery =
        new UsageDelivery(
            LedgerFixture.CATALOGUE,
            "delivery-" + files++,
            LedgerFixture.NOON,
            UsageDefaults.NONE,
            Optional.empty(),
            bytes -> {});
    delivery.read("delivered", Files.readAllBytes(file), InputFormat.detected());
    UsageDelivery.Accepted accepted = delivery.finish();
    assertThat(accepted.refusals()).isEmpty();
    return accepted.lines().utf8();
  }

  /** So much that lines are read as bytes. */
  private Path among(byte[] lines, int others) throws IOException {
    StringBuilder more = new StringBuilder(new String(lines, StandardCharsets.UTF_8));
    for (int i = 0; i < others; i++) {
      more.append(
          String.format(
              Locale.ROOT,
              "{\"request_id\":\"call-%d\",\"when\":1767225600000000,\"model\":\"gpt-4o\","
                  + "\"input_tokens\":5,\"output_tokens\":7}%n",
              i));
    }
    return Files.writeString(folder.resolve("journal-" + files++ + ".jsonl"), more);
  }

  @Test
  void bucketsAmongVeryManyLinesAreNotCountedAgainEither() throws IOException {
    int others = 50_000;
    LedgerFixture ledger = ledger("ledger");
    ledger.read(bucket(DAY_START, HOUR, "gpt-4o", 10));
    byte[] day = delivered(bucket(DAY_START, DAY, "gpt-4o", 30));
    LedgerIngest.Result result = ledger.read(among(day, others));
    assertThat(result.added()).isEqualTo(others);
    requireLeftOut(result, 1);
  }

  @Test
  void whatGrowsDoesSoThroughAServerToo() throws IOException {
    for (int others : new int[] {0, 50_000}) {
      LedgerFixture ledger = ledger("ledger-" + others);
      ledger.read(among(delivered(claudeCode(2)), others));
      assertThat(ledger.read(among(delivered(claudeCode(800)), others)).revised()).isEqualTo(1);
      assertThat(ledger.total().tokens()).isEqualTo(840 + 12.0 * others);
      assertThat(ledger.read(claudeCode(800)).added()).isZero();
    }
  }

  @Test
  void aSumGrowsOnAfterItsOldDaysWent() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    for (int week = 0; week < 3; week++) {
      long time = FIRST_POINT_NS + week * WEEK_NS;
      ledger.read(
          file(
              point("input", 0, time, 1 + week, 1_000 * (1 + week))
                  + point("output", 0, time, 1 + week, 100 * (1 + week))));
      if (week == 1) {
        new LedgerForget(LedgerFixture.NOW, "test")
            .before(ledger.ledger(), LocalDate.parse("2026-01-10"), Duration.ZERO);
        ledger.requireIntact();
      }
    }
    assertThat(ledger.total().tokens()).isEqualTo(3_300);
    assertThat(ledger.total().activities()).isEqualTo(1);
    ledger.requireIntact();
  }

  private Path images(int count) throws IOException {
    return file(
        String.format(
            Locale.ROOT,
            "{\"object\":\"page\",\"data\":[{\"object\":\"bucket\",\"start_time\":1767225600,"
                + "\"end_time\":1767229200,\"results\":[{\"object\":"
                + "\"organization.usage.images.result\",\"images\":%d,\"num_model_requests\":%d,"
                + "\"size\":\"1024x1024\",\"source\":\"image.generation\",\"project_id\":\"search\","
                + "\"model\":\"dall-e-3\"}]}]}",
            count,
            count));
  }

  private static void requireSame(LedgerFixture revised, LedgerFixture readOnce) {
    QueryLine total = revised.total();
    QueryLine expected = readOnce.total();
    assertThat(total.activities()).isEqualTo(expected.activities());
    assertThat(total.requests()).isCloseTo(expected.requests(), SAME);
    assertThat(total.tokens()).isCloseTo(expected.tokens(), SAME);
    for (Impact impact : List.of(Impact.ENERGY_KWH, Impact.CARBON_KG, Impact.WATER_L)) {
      assertThat(total.footprint().median(impact))
          .as(impact.name())
          .isCloseTo(expected.footprint().median(impact), SAME);
    }
    revised.requireIntact();
    revised.requireNothingUnsealed();
  }

  @Test
  void largerCountsTakeThePlaceOfSmallerOnes() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    Path early = completions(1_767_225_600, 3, 600, 90);
    Path late = completions(1_767_225_600, 8, 1_700, 444);
    assertThat(ledger.read(early).added()).isEqualTo(1);
    byte[] sealed = Files.readAllBytes(ledger.folder().resolve("seals/000001.json"));

    LedgerIngest.Result revision = ledger.read(late);
    assertThat(revision.added()).isZero();
    assertThat(revision.revised()).isEqualTo(1);
    assertThat(revision.duplicates()).isZero();
    assertThat(revision.seals())
        .singleElement()
        .extracting(Seal::reason)
        .asString()
        .contains("buckets revised: 1");
    assertThat(Files.readAllBytes(ledger.folder().resolve("seals/000001.json"))).isEqualTo(sealed);

    LedgerFixture readOnce = ledger("once");
    readOnce.read(late);
    requireSame(ledger, readOnce);

    // Nothing changes any more, whichever comes again.
    for (Path again : List.of(late, early, late)) {
      LedgerIngest.Result result = ledger.read(again);
      assertThat(result.seals()).isEmpty();
      assertThat(result.duplicates()).isEqualTo(1);
      assertThat(result.revised()).isZero();
    }
    requireSame(ledger, readOnce);
  }

  @Test
  void theOrderAndTheBatchesDoNotMatter() throws IOException {
    LedgerFixture readOnce = ledger("once");
    List<Path> files = new ArrayList<>();
    for (int hour = 0; hour < 3; hour++) {
      int start = 1_767_225_600 + 3_600 * hour;
      for (int filled = 1; filled <= 4; filled++) {
        files.add(completions(start, filled, 100 * filled + hour, 30 * filled));
      }
      readOnce.read(files.get(files.size() - 1));
    }
    Random random = new Random(7);
    for (int i = 0; i < 8; i++) {
      Collections.shuffle(files, random);
      LedgerFixture ledger = ledger("shuffled-" + i);
      for (int from = 0; from < files.size(); ) {
        int to = Math.min(files.size(), from + 1 + random.nextInt(5));
        ledger.read(files.subList(from, to).toArray(Path[]::new));
        from = to;
      }
      requireSame(ledger, readOnce);
      assertThat(ledger.rows("SELECT sum(input_tokens), sum(requests) FROM events GROUP BY time"))
          .allSatisfy(row -> assertThat(row.get(1)).isEqualTo("4"));
    }
  }

  /** What is taken back and what is booked anew cancel but for the last digits. */
  @Test
  void aSmallRevisionOfALargeBucketIsAsItWasSealed() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    ledger.read(completions(1_767_225_600, 900_000, 2_000_000_000, 1_500_000_000));
    LedgerIngest.Result revision =
        ledger.read(completions(1_767_225_600, 900_001, 2_000_000_007, 1_500_000_001));
    assertThat(revision.revised()).isEqualTo(1);
    ledger.requireIntact();
  }

  @Test
  void imagesAreRevisedToo() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    ledger.read(images(3));
    assertThat(ledger.read(images(5)).revised()).isEqualTo(1);
    assertThat(ledger.read(images(6)).revised()).isEqualTo(1);
    assertThat(ledger.read(images(4)).duplicates()).isEqualTo(1);
    LedgerFixture readOnce = ledger("once");
    readOnce.read(images(6));
    requireSame(ledger, readOnce);
  }

  /** Volumes of images are computed anew from what was reported, also of what was taken back. */
  @Test
  void aRevisedLedgerIsPricedAnewAsIfReadOnce() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    LedgerFixture readOnce = ledger("once");
    ledger.read(images(3), completions(1_767_225_600, 3, 600, 90));
    ledger.read(images(5), completions(1_767_225_600, 8, 1_700, 444));
    readOnce.read(images(5), completions(1_767_225_600, 8, 1_700, 444));
    Path factors =
        Files.writeString(
            folder.resolve("factors.yaml"),
            """
            data_centres:
              - name: paris-1
                zone: FR
                pue: 1.9
            """);
    FactorCatalogue catalogue = FactorCatalogue.shippedWith(factors);
    RateCard card =
        new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
    for (LedgerFixture each : List.of(ledger, readOnce)) {
      LedgerReprice.Restatement restated =
          new LedgerReprice(card, LedgerFixture.NOW, "test")
              .reprice(Ledger.open(each.folder()), Duration.ZERO);
      assertThat(restated.seal()).isPresent();
    }
    requireSame(ledger, readOnce);
  }

  private static final long FIRST_POINT_NS = 1_767_607_260_000_000_000L;
  private static final long WEEK_NS = 7 * 86_400_000_000_000L;

  /** A point of a sum that only grows since the process of this number began, a line. */
  private static String point(String type, int process, long timeNs, int count, int sum) {
    return String.format(
        Locale.ROOT,
        "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
            + "{\"stringValue\":\"assistant\"}},{\"key\":\"service.instance.id\",\"value\":"
            + "{\"stringValue\":\"p%5$d\"}}]},\"scopeMetrics\":[{\"metrics\":[{\"name\":"
            + "\"gen_ai.client.token.usage\",\"histogram\":{\"dataPoints\":[{\"attributes\":["
            + "{\"key\":\"gen_ai.request.model\",\"value\":{\"stringValue\":\"gpt-4o\"}},"
            + "{\"key\":\"gen_ai.token.type\",\"value\":{\"stringValue\":\"%1$s\"}}],"
            + "\"startTimeUnixNano\":\"1767607200000000000\",\"timeUnixNano\":\"%2$d\",\"count\":%3$d,"
            + "\"sum\":%4$d}]}}]}]}]}%n",
        type,
        timeNs,
        count,
        sum,
        process);
  }

  @Test
  void aSumThatOnlyGrowsBooksWhatWasAddedAtTheTimeOfItsLastPoint() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    ledger.read(
        file(
            point("input", 0, FIRST_POINT_NS, 4, 4_000)
                + point("output", 0, FIRST_POINT_NS, 4, 900)));
    assertThat(ledger.total().requests()).as("both types are of the same calls").isEqualTo(4);
    for (int week = 1; week <= 2; week++) {
      long time = FIRST_POINT_NS + week * WEEK_NS;
      LedgerIngest.Result later =
          ledger.read(
              file(
                  point("input", 0, time, 4 + 2 * week, 4_000 + 2_500 * week)
                      + point("output", 0, time, 4 + 2 * week, 900 + 200 * week)));
      assertThat(later.revised()).isEqualTo(1);
    }
    assertThat(
            ledger.rows(
                "SELECT hour::DATE, sum(requests), sum(input_tokens), sum(output_tokens),"
                    + " sum(activities) FROM rollup GROUP BY 1 ORDER BY 1"))
        .containsExactly(
            List.of("2026-01-05", "4.0", "4000.0", "900.0", "1"),
            List.of("2026-01-12", "2.0", "2500.0", "200.0", "0"),
            List.of("2026-01-19", "2.0", "2500.0", "200.0", "0"));
    assertThat(ledger.total().activities()).isEqualTo(1);
    ledger.requireIntact();

    LedgerFixture readOnce = ledger("once");
    readOnce.read(
        file(
            point("input", 0, FIRST_POINT_NS + 2 * WEEK_NS, 8, 9_000)
                + point("output", 0, FIRST_POINT_NS + 2 * WEEK_NS, 8, 1_300)));
    assertThat(ledger.total().footprint().median(Impact.ENERGY_KWH))
        .isCloseTo(readOnce.total().footprint().median(Impact.ENERGY_KWH), SAME);
  }

  /** More sums grow in one file than wait for their next points. */
  @Test
  void manySumsThatGrowInOneFileCountAsTheyWereLast() throws IOException {
    int processes = RepeatedRows.MOST_WAITING + 50;
    StringBuilder points = new StringBuilder();
    for (int export = 1; export <= 2; export++) {
      for (int process = 0; process < processes; process++) {
        long time = FIRST_POINT_NS + export * 60_000_000_000L;
        points.append(point("input", process, time, export, 10 * export));
        points.append(point("output", process, time, export, 3 * export));
      }
    }
    LedgerFixture ledger = ledger("ledger");
    LedgerIngest.Result result = ledger.read(file(points.toString()));
    assertThat(result.refused()).isZero();
    assertThat(ledger.total().requests()).isEqualTo(2.0 * processes);
    assertThat(ledger.total().tokens()).isEqualTo(26.0 * processes);
    assertThat(ledger.total().activities()).isEqualTo(processes);
  }

  /** The points of two servers, which only their ports tell apart. */
  private Path twoPorts() throws IOException {
    String point = point("input", 0, FIRST_POINT_NS, 4, 4_000);
    String port =
        "{\"key\":\"server.port\",\"value\":{\"intValue\":\"%s\"}},{\"key\":\"gen_ai.token.type\"";
    String plain = "{\"key\":\"gen_ai.token.type\"";
    return file(
        point.replace(plain, String.format(port, "80"))
            + point.replace(plain, String.format(port, "443")));
  }

  @Test
  void pointsThatDifferInAnyAttributeAreOfOtherCalls() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    assertThat(ledger.read(twoPorts()).added()).isEqualTo(2);
    assertThat(ledger.read(twoPorts()).added()).isZero();
    assertThat(ledger.total().requests()).isEqualTo(8);
  }

  @Test
  void aLedgerThatBeganWithPlainIdsKnowsPointsAsItDid() throws IOException {
    LedgerFixture ledger = ledger("old");
    Files.createDirectories(ledger.folder());
    Files.writeString(ledger.folder().resolve("ledger.json"), "{\"layout\" : 1}");
    ledger.read(twoPorts());
    // SHA-256 of "request opentelemetry-metrics|assistant|p0|gpt-4o||||1767607200000000000".
    assertThat(ledger.rows("SELECT id FROM events"))
        .containsExactly(List.of("3085ca4d-ea42-4203-ae2b-78e5a07d8b8a"));
  }

  private Path claudeCode(int output) throws IOException {
    return file(
        String.format(
            Locale.ROOT,
            "{\"sessionId\":\"s\",\"type\":\"assistant\",\"timestamp\":\"2026-03-01T10:00:00Z\","
                + "\"message\":{\"id\":\"msg_1\",\"role\":\"assistant\",\"model\":"
                + "\"claude-sonnet-4-20250514\",\"usage\":{\"input_tokens\":40,"
                + "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,"
                + "\"output_tokens\":%d}}}%n",
            output));
  }

  @Test
  void aCallThatWasReadWhileItWasWrittenIsRevised() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    ledger.read(claudeCode(2));
    assertThat(ledger.read(claudeCode(800)).revised()).isEqualTo(1);
    assertThat(ledger.read(claudeCode(2)).duplicates()).isEqualTo(1);
    assertThat(ledger.total().tokens()).isEqualTo(840);
    assertThat(ledger.total().activities()).isEqualTo(1);
    ledger.requireIntact();
  }

  private Path codeCarbon(double... seconds) throws IOException {
    StringBuilder rows =
        new StringBuilder(
            "timestamp,project_name,run_id,duration,emissions,energy_consumed,country_name,"
                + "gpu_count,gpu_model\n");
    for (double each : seconds) {
      rows.append(
          String.format(
              Locale.ROOT,
              "2026-01-05T1%.0f:00:00,tune,run-1,%.1f,0.4,0.7,France,1,1 x NVIDIA A100-SXM4-80GB%n",
              each / 3_600,
              each));
    }
    return Files.writeString(folder.resolve("emissions-" + files++ + ".csv"), rows);
  }

  @Test
  void aRunThatWritesItsLengthSoFarCountsOnce() throws IOException {
    LedgerFixture readOnce = ledger("once");
    readOnce.read(codeCarbon(10_800));
    LedgerFixture inOneFile = ledger("one");
    inOneFile.read(codeCarbon(3_600, 7_200, 10_800));
    LedgerFixture asItGrew = ledger("grew");
    asItGrew.read(codeCarbon(3_600));
    assertThat(asItGrew.read(codeCarbon(3_600, 7_200)).revised()).isEqualTo(1);
    assertThat(asItGrew.read(codeCarbon(3_600, 7_200, 10_800)).revised()).isEqualTo(1);
    for (LedgerFixture ledger : List.of(inOneFile, asItGrew)) {
      assertThat(ledger.total().activities()).isEqualTo(1);
      assertThat(ledger.total().footprint().median(Impact.ENERGY_KWH))
          .isCloseTo(readOnce.total().footprint().median(Impact.ENERGY_KWH), SAME);
      ledger.requireIntact();
    }
  }

  /** Its new counts have another owner, and are priced by other factors than those of before. */
  @Test
  void whatIsTakenBackLeavesItsOwnerThoughFactorsHaveChanged() throws IOException {
    String bucket =
        "{\"request_id\":\"b|1\",\"model\":\"gpt-4o\",\"site\":\"FR\",\"team\":\"%s\","
            + "\"when\":\"2026-03-01T10:00:00Z\",\"requests\":%d,\"output_tokens\":%d}%n";
    LedgerFixture ledger = ledger("ledger");
    ledger.read(file(String.format(Locale.ROOT, bucket, "one", 4, 4_000)));
    Path factors =
        Files.writeString(
            folder.resolve("factors.yaml"),
            """
            data_centres:
              - name: paris-1
                zone: FR
                pue: 1.9
            """);
    FactorCatalogue catalogue = FactorCatalogue.shippedWith(factors);
    RateCard card =
        new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
    new LedgerIngest(card, LedgerFixture.NOW, Reading.SILENT, "test")
        .ingest(
            ledger.ledger(),
            Duration.ZERO,
            List.of(file(String.format(Locale.ROOT, bucket, "two", 5, 5_000))),
            UsageDefaults.NONE,
            folder.resolve("q.jsonl"));
    LedgerFixture readOnce = ledger("once");
    readOnce.read(file(String.format(Locale.ROOT, bucket, "two", 5, 5_000)));

    QueryLine expected = readOnce.total();
    QueryLine total = ledger.total();
    assertThat(total.requests()).isEqualTo(5);
    assertThat(total.footprint().median(Impact.CARBON_KG))
        .isCloseTo(expected.footprint().median(Impact.CARBON_KG), SAME);
    assertThat(total.footprint().carbonKg().high())
        .isCloseTo(expected.footprint().carbonKg().high(), SAME);
    try (LedgerQuery query =
        LedgerQuery.open(ledger.ledger().snapshot(), RollupFiles.Pricing.CURRENT)) {
      QueryLine left =
          query.by(List.of(GroupBy.TEAM), Period.ALL).stream()
              .filter(line -> line.keys().equals(List.of("one")))
              .findFirst()
              .orElseThrow();
      assertThat(left.requests()).isZero();
      assertThat(left.footprint().median(Impact.CARBON_KG))
          .isLessThan(1e-9 * expected.footprint().median(Impact.CARBON_KG));
    }
  }

  @Test
  void aRequestIdThatIsNoBucketIsNotRevised() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    ledger.read(file("{\"request_id\":\"r1\",\"model\":\"gpt-4o\",\"output_tokens\":5}"));
    LedgerIngest.Result again =
        ledger.read(file("{\"request_id\":\"r1\",\"model\":\"gpt-4o\",\"output_tokens\":50}"));
    assertThat(again.revised()).isZero();
    assertThat(again.duplicates()).isEqualTo(1);
    assertThat(ledger.total().tokens()).isEqualTo(5);
  }

  @Test
  void aForgottenBucketDoesNotComeBack() throws IOException {
    LedgerFixture ledger = ledger("ledger");
    ledger.read(completions(1_767_225_600, 3, 600, 90));
    new LedgerForget(LedgerFixture.NOW, "test")
        .before(ledger.ledger(), java.time.LocalDate.of(2026, 6, 1), Duration.ZERO);
    assertThat(ledger.read(completions(1_767_225_600, 8, 1_700, 444)).seals()).isEmpty();
    assertThat(ledger.total().requests()).isEqualTo(3);
  }
}
