package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.TextGeneration;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ledger.store.Run;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small batches that are merged say what they said before. */
class LedgerCompactionTest {
  private static final int BATCHES = 9;
  private static final int OF_A_BATCH = 12;
  private static final InstantSource LATER =
      InstantSource.fixed(LedgerFixture.NOON.plus(Duration.ofHours(2)));
  private static final String EVENTS =
      "SELECT * EXCLUDE (batch) FROM priced_events ORDER BY id, requests";

  private static LedgerFixture filled = new LedgerFixture(Path.of(""));
  private static Path place = Path.of("");

  @TempDir static Path shared;
  @TempDir Path folder;
  private LedgerFixture ledger = filled;

  /** Batches with texts of several days, some with images, calls without a time and new models. */
  private static synchronized LedgerFixture filled() {
    if (!place.equals(shared)) {
      place = shared;
      filled = new LedgerFixture(shared.resolve("ledger"));
      append(filled, 0, BATCHES);
    }
    return filled;
  }

  private static void append(LedgerFixture to, int from, int until) {
    append(to, LedgerFixture.CARD, from, until);
  }

  private static void append(LedgerFixture to, RateCard card, int from, int until) {
    try (LedgerAppender appender =
        new LedgerAppender(Ledger.openOrCreate(to.folder()), card, LedgerFixture.NOW, "test")) {
      for (int batch = from; batch < until; batch++) {
        LedgerAppender.Result added = appender.append(events(batch), "told", Duration.ZERO);
        assertThat(added.added()).isEqualTo(OF_A_BATCH);
        assertThat(added.notes()).isEmpty();
      }
    }
  }

  private static List<UsageEvent> events(int batch) {
    return IntStream.range(0, OF_A_BATCH).mapToObj(i -> event(batch, i)).toList();
  }

  private static UsageEvent event(int batch, int i) {
    Attribution who = new Attribution("t" + i % 3, "chat", "u" + i % 4);
    Optional<Instant> when =
        i == 5
            ? Optional.empty()
            : Optional.of(
                Instant.parse("2026-03-0" + (1 + i % 3) + "T00:00:00Z")
                    .plusSeconds(1_800L * batch + i));
    Context context = new Context(when, who, Site.parse(i % 2 == 0 ? "FR" : "azure/eastus"));
    List<String> models = List.of("gpt-4o", "gpt-4o-mini", "claude-sonnet-4-20250514");
    return new UsageEvent(
        "r" + batch + "-" + i,
        batch % 3 == 1 && i == 7
            ? new ImageGeneration("dall-e-3", 1 + batch, 1_024, 1_024, 0, 0, context)
            : new TextGeneration(
                models.get(batch / 3 % 3), 1, 100 + i + batch, 3, 10 + i, i % 2, context));
  }

  @BeforeEach
  void copy() throws IOException {
    ledger = filled().copyTo(folder.resolve("ledger"));
  }

  private LedgerCompaction.Result compact() {
    return new LedgerCompaction(LedgerFixture.NOW, "test").compact(ledger.ledger(), Duration.ZERO);
  }

  private static List<QueryLine> lines(LedgerFixture of, Pricing pricing) {
    try (LedgerQuery query = LedgerQuery.open(of.ledger().snapshot(), pricing)) {
      List<QueryLine> lines = new ArrayList<>();
      lines.add(query.total(Period.ALL));
      lines.addAll(query.by(List.of(GroupBy.HOUR), Period.ALL));
      lines.addAll(query.by(List.of(GroupBy.TEAM, GroupBy.MODEL, GroupBy.REGION), Period.ALL));
      return lines;
    }
  }

  private static void requireSame(List<QueryLine> now, List<QueryLine> before) {
    assertThat(now).hasSameSizeAs(before);
    for (int i = 0; i < now.size(); i++) {
      assertThat(now.get(i).keys()).isEqualTo(before.get(i).keys());
      assertThat(now.get(i).activities()).isEqualTo(before.get(i).activities());
      for (Impact impact : Impact.values()) {
        double figure = before.get(i).footprint().median(impact);
        if (Double.isNaN(figure)) {
          assertThat(now.get(i).footprint().median(impact)).isNaN();
        } else {
          assertThat(now.get(i).footprint().median(impact))
              .isCloseTo(figure, within(1e-9 * Math.abs(figure)));
        }
      }
    }
  }

  private static Set<String> paths(LedgerFixture of, Content content) {
    return of.ledger().snapshot().live(content).stream()
        .map(SealedFile::path)
        .collect(Collectors.toSet());
  }

  @Test
  void keepsEveryEventAndFigureInFewerFiles() {
    List<List<String>> events = ledger.rows(EVENTS);
    List<QueryLine> figures = lines(ledger, Pricing.CURRENT);
    String head = ledger.ledger().head().seal();
    int files = ledger.ledger().snapshot().live().size();

    LedgerCompaction.Result merged = compact();

    assertThat(merged.seals()).hasSize(1);
    assertThat(merged.seals().get(0).kind()).isEqualTo(Seal.Kind.COMPACT);
    assertThat(merged.seals().get(0).firstMerged()).isEqualTo(1);
    assertThat(merged.seals().get(0).lastMerged()).isEqualTo(BATCHES);
    assertThat(merged.filesBefore()).isEqualTo(files);
    assertThat(paths(ledger, Content.EVENTS)).as("three days and none").hasSize(4);
    assertThat(paths(ledger, Content.ROLLUP)).hasSize(1);
    assertThat(paths(ledger, Content.CARD_ROWS)).hasSize(1);
    assertThat(merged.filesAfter()).isEqualTo(4 + 1 + 4);
    assertThat(ledger.events()).isEqualTo(BATCHES * OF_A_BATCH);
    assertThat(ledger.rows(EVENTS)).isEqualTo(events);
    requireSame(lines(ledger, Pricing.CURRENT), figures);
    assertThat(ledger.verified(head).findings()).as("a head of before is known").isEmpty();
    ledger.requireNothingUnsealed();
    assertThat(compact().seals()).as("nothing is left to merge").isEmpty();
  }

  @Test
  void bringsNothingInTwice() {
    compact();
    try (LedgerAppender appender =
        new LedgerAppender(ledger.ledger(), LedgerFixture.CARD, LedgerFixture.NOW, "test")) {
      for (int batch = 0; batch < BATCHES; batch++) {
        assertThat(appender.append(events(batch), "again", Duration.ZERO).duplicates())
            .isEqualTo(OF_A_BATCH);
      }
    }
    assertThat(ledger.events()).isEqualTo(BATCHES * OF_A_BATCH);
  }

  @Test
  void isDoneByAppendsWhereManyHaveGathered() {
    List<List<String>> before = ledger.rows(EVENTS);
    append(ledger, BATCHES, MergePlan.MANY + 2);

    Ledger.Snapshot snapshot = ledger.ledger().snapshot();
    assertThat(snapshot.runs())
        .extracting(Run::first, Run::batch)
        .startsWith(org.assertj.core.groups.Tuple.tuple(1, MergePlan.MANY))
        .hasSize(3);
    assertThat(snapshot.seals()).filteredOn(s -> s.kind() == Seal.Kind.COMPACT).hasSize(1);
    assertThat(ledger.rows(EVENTS)).containsAll(before);
    ledger.requireIntact();
    append(ledger, MergePlan.MANY + 2, 2 * MergePlan.MANY + 2);
    assertThat(ledger.ledger().snapshot().runs()).hasSizeLessThan(MergePlan.MANY);
    ledger.requireIntact();
    ledger.requireNothingUnsealed();
  }

  @Test
  void leavesWhatOthersReadForAnHour() {
    Set<String> before = ledger.files();
    try (LedgerQuery reader = LedgerQuery.open(ledger.ledger().snapshot(), Pricing.CURRENT)) {
      compact();
      assertThat(LedgerFixture.rows(reader, "SELECT count(*) FROM events"))
          .isEqualTo(List.of(List.of(Integer.toString(BATCHES * OF_A_BATCH))));
    }
    assertThat(ledger.files()).containsAll(before);

    ledger.ledger().writer(Duration.ZERO, LATER).close();

    Set<String> left = ledger.files();
    assertThat(before).filteredOn(file -> file.startsWith("events/")).noneMatch(left::contains);
    ledger.requireIntact();
  }

  @Test
  void whatNobodyReadsAnyMoreIsToldWithoutReadingAllSeals() throws IOException {
    compact();
    Ledger opened = ledger.ledger();
    List<String> retired = opened.snapshot().retired();
    assertThat(ledger.files()).containsAll(retired);
    Files.delete(ledger.folder().resolve("seals/000001.json"));

    opened.writer(Duration.ZERO, LATER).close();

    assertThat(ledger.files()).doesNotContainAnyElementsOf(retired);
  }

  @Test
  void whatNobodyReadsAnyMoreWhenABatchIsSealedIsDeletedWithIt() {
    compact();
    List<String> retired = ledger.ledger().snapshot().retired();
    AtomicReference<Instant> now = new AtomicReference<>(LedgerFixture.NOON);
    try (LedgerWriter writer = ledger.ledger().writer(Duration.ZERO, now::get)) {
      now.set(LATER.instant());
      writer.seal(
          new LedgerWriter.About(Seal.Kind.RECORD, "", "", "test", "", 0, 0, Map.of()), List.of());
    }
    assertThat(retired).isNotEmpty();
    assertThat(ledger.files()).doesNotContainAnyElementsOf(retired);
    ledger.requireIntact();
  }

  @Test
  void forgetsAUserInMergedBatchesAndInTheFilesTheyStandFor() throws IOException {
    LedgerFixture never = new LedgerFixture(folder.resolve("never"));
    filled().copyTo(never.folder());
    compact();
    Set<String> retired = Set.copyOf(ledger.ledger().snapshot().retired());
    assertThat(retired).isNotEmpty();

    for (LedgerFixture each : List.of(ledger, never)) {
      new LedgerForget(LedgerFixture.NOW, "test").user(each.ledger(), "u2", Duration.ZERO);
      each.requireIntact();
      each.requireNothingUnsealed();
    }

    assertThat(ledger.files()).noneMatch(retired::contains);
    requireSame(lines(ledger, Pricing.CURRENT), lines(never, Pricing.CURRENT));
    assertThat(ledger.rows(EVENTS)).isEqualTo(never.rows(EVENTS));
    append(ledger, BATCHES, BATCHES + 2);
    compact();
    ledger.requireIntact();
  }

  @Test
  void keepsRollupsOfDaysWhoseEventsAreTooOld() {
    List<QueryLine> figures = lines(ledger, Pricing.CURRENT);
    LedgerForget forget = new LedgerForget(LedgerFixture.NOW, "test");
    forget.before(ledger.ledger(), LocalDate.of(2026, 3, 2), Duration.ZERO);
    compact();
    forget.before(ledger.ledger(), LocalDate.of(2026, 3, 3), Duration.ZERO);

    requireSame(lines(ledger, Pricing.CURRENT), figures);
    assertThat(ledger.rows("SELECT DISTINCT time::DATE::VARCHAR FROM events ORDER BY ALL"))
        .isEqualTo(List.of(List.of("2026-03-03"), List.of("NULL")));
    ledger.requireIntact();
  }

  @Test
  void pricesAnewAndAsSealedAsBefore() throws IOException {
    LedgerFixture never = new LedgerFixture(folder.resolve("never"));
    filled().copyTo(never.folder());
    Path own =
        Files.writeString(
            folder.resolve("own.yaml"), "data_centres:\n  - {name: FR-x, zone: FR, pue: 1.9}\n");
    FactorCatalogue catalogue = FactorCatalogue.shippedWith(own);
    RateCard newer =
        new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
    compact();
    for (LedgerFixture each : List.of(ledger, never)) {
      new LedgerReprice(newer, LedgerFixture.NOW, "test").reprice(each.ledger(), Duration.ZERO);
      append(each, newer, BATCHES, BATCHES + 3);
    }

    compact();

    assertThat(ledger.ledger().snapshot().runs())
        .as("nothing is merged across a repricing")
        .hasSize(3);
    for (Pricing pricing : Pricing.values()) {
      requireSame(lines(ledger, pricing), lines(never, pricing));
    }
    assertThat(ledger.rows(EVENTS)).isEqualTo(never.rows(EVENTS));
    ledger.requireIntact();
  }

  @Test
  void neverSealsWhatWasChanged() throws IOException {
    String file = "events/day=2026-03-01/000004.parquet";
    Path changed = ledger.folder().resolve(file);
    byte[] bytes = Files.readAllBytes(changed);
    bytes[bytes.length / 2] ^= 1;
    Files.write(changed, bytes);

    assertThat(org.assertj.core.api.Assertions.catchThrowable(this::compact))
        .hasMessageContaining(file + " was changed since it was sealed");
    List<String> notes = new ArrayList<>();
    try (LedgerAppender appender =
        new LedgerAppender(ledger.ledger(), LedgerFixture.CARD, LedgerFixture.NOW, "test")) {
      for (int batch = BATCHES; batch <= MergePlan.MANY; batch++) {
        // Events of other days: those of this one cannot be compared with what is damaged.
        UsageEvent event =
            new UsageEvent(
                "n" + batch,
                TextGeneration.of("gpt-4o", 1, 1)
                    .in(Context.UNKNOWN.on(Instant.parse("2026-05-01T00:00:00Z"))));
        LedgerAppender.Result added = appender.append(List.of(event), "told", Duration.ZERO);
        assertThat(added.added()).as("batch " + batch).isEqualTo(1);
        notes.addAll(added.notes());
      }
    }

    assertThat(notes)
        .isNotEmpty()
        .allMatch(note -> note.startsWith("small batches are not merged"));
    assertThat(ledger.verified().findings()).anyMatch(finding -> finding.startsWith(file));
    ledger.requireNothingUnsealed();
  }

  @Test
  void mergedFilesThatSayLessAreFound() throws Exception {
    SealedFile whole = ledger.ledger().snapshot().live(Content.EVENTS).get(0);
    try (LedgerWriter writer = ledger.ledger().writer(Duration.ZERO, LedgerFixture.NOW);
        LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
      Path less = writer.fileInPlaceOf(whole, 1);
      database.copy(
          "SELECT * FROM "
              + LedgerDatabase.parquet(List.of(writer.snapshot().path(whole)))
              + " LIMIT "
              + (whole.rows() - 1),
          less);
      writer.add(Content.EVENTS, less, whole.rows() - 1, Map.of());
      writer.sealMerged(
          new LedgerWriter.About(
              Seal.Kind.COMPACT,
              ledger.ledger().snapshot().runs().get(0).factorSet(),
              "gtrace",
              "test",
              "merged",
              0,
              0,
              Map.of()),
          List.of(whole),
          1,
          1);
    }

    assertThat(ledger.verified().findings())
        .anyMatch(finding -> finding.contains("does not say the same as what it merged"));
  }

  @Test
  void aLedgerOfAnOlderLayoutIsMergedAndThenKeptFromOlderVersions() throws IOException {
    Path about = ledger.folder().resolve("ledger.json");
    Files.writeString(about, "{\"layout\":1}");
    assertThat(ledger.events()).isEqualTo(BATCHES * OF_A_BATCH);

    compact();

    assertThat(Files.readString(about)).contains("2");
    ledger.requireIntact();
  }
}
