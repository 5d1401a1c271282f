package io.gtrace.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ledger.LedgerForget;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.LedgerReprice;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told from memory is what the database tells of the same files. */
class HeldCellsTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final RateCard CARD = card(CATALOGUE);
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));
  private static final Period SOME_HOURS =
      new Period(
          Optional.of(Instant.parse("2026-03-02T07:30:00Z")),
          Optional.of(Instant.parse("2026-03-04T05:00:00Z")));
  private static final Period FROM_NEW_YEAR =
      new Period(Optional.of(Instant.parse("2026-01-01T00:00:00Z")), Optional.empty());

  private static final Period TO_MARCH_3 =
      new Period(Optional.empty(), Optional.of(Instant.parse("2026-03-03T00:20:00Z")));

  private static final List<List<GroupBy>> SPLITS =
      Stream.concat(
              Stream.of(GroupBy.values()).map(List::of),
              Stream.of(
                  List.<GroupBy>of(),
                  List.of(GroupBy.HOUR, GroupBy.TEAM),
                  List.of(GroupBy.MODEL, GroupBy.DAY, GroupBy.REGION),
                  List.of(GroupBy.MONTH, GroupBy.HOUR, GroupBy.APP, GroupBy.ZONE)))
          .toList();

  private static final List<List<GroupBy>> SOME =
      List.of(List.of(GroupBy.TEAM, GroupBy.MODEL), List.of(GroupBy.HOUR), List.of(GroupBy.DAY));

  private static final long LARGE = 10_000_000;

  @TempDir Path folder;
  private final LedgerMemory memory = new LedgerMemory(new CellRoom(1_000_000));

  private static RateCard card(FactorCatalogue catalogue) {
    return new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
  }

  /** Texts of two years, some without a time, and other activities. */
  @BeforeEach
  void fill() throws IOException {
    read(CARD, "first", texts(0, 150) + others());
    read(ownCard(1.4), "second", texts(150, 400));
  }

  private static String texts(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      String when = String.format(",\"when\":\"%s\"", Instant.parse(year(i)).plusSeconds(i * 977L));
      lines.append(
          String.format(
              "{\"request_id\":\"r%d\",\"model\":\"%s\",\"region\":\"%s\",%s\"user\":\"u%d\","
                  + "\"input_tokens\":%d,\"output_tokens\":%d%s}%n",
              i,
              List.of("gpt-4o", "o'brien \\\"7b\\\"", "claude-sonnet-4-20250514").get(i % 3),
              List.of("own", "azure/eastus", "nowhere", "US-CA").get(i % 4),
              i % 5 == 0 ? "" : "\"team\":\"t" + i % 5 + "\",\"app\":\"a" + i % 2 + "\",",
              i % 7,
              100 + i,
              10 + i % 50,
              i % 17 == 0 ? "" : when));
    }
    return lines.toString();
  }

  private static String year(int i) {
    return i % 6 == 0 ? "2025-12-31T00:00:00Z" : "2026-03-01T00:00:00Z";
  }

  private static String others() {
    return """
    {"modality":"image","model":"gpt-image-1","region":"FR","team":"t1","count":3,\
    "width_px":1024,"height_px":1024,"when":"2026-03-02T08:00:00Z"}
    {"modality":"training","model":"ours","accelerator":"h100-sxm","region":"FR","team":"t2",\
    "count":8,"hours":3,"when":"2026-03-02T09:00:00Z"}
    {"modality":"embedding","model":"text-embedding-3-small","region":"DE","input_tokens":900}
    """;
  }

  private RateCard ownCard(double pue) throws IOException {
    return card(
        FactorCatalogue.shippedWith(
            Files.writeString(
                folder.resolve("own.yaml"),
                "data_centres:\n  - {name: own, zone: FR, pue: "
                    + pue
                    + ", hourly_matched_shares: [1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5,"
                    + " 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}\n")));
  }

  private Ledger ledger() {
    return Ledger.openOrCreate(folder.resolve("ledger"));
  }

  private LedgerIngest.Result read(RateCard card, String name, String lines) throws IOException {
    LedgerIngest.Result result =
        new LedgerIngest(card, NOW, Reading.SILENT, "test")
            .ingest(
                ledger(),
                Duration.ZERO,
                List.of(Files.writeString(folder.resolve(name + ".jsonl"), lines)),
                UsageDefaults.NONE,
                folder.resolve("quarantine.jsonl"));
    assertThat(result.refused()).isZero();
    return result;
  }

  private LedgerQuery stored(Pricing pricing) {
    return LedgerQuery.open(ledger().snapshot(), pricing);
  }

  private LedgerQuery held(LedgerMemory with, Pricing pricing) {
    return LedgerQuery.held(ledger().snapshot(), pricing, with).orElseThrow();
  }

  private void assertToldTheSame(List<List<GroupBy>> splits, Pricing pricing) {
    try (LedgerQuery stored = stored(pricing);
        LedgerQuery held = held(memory, pricing)) {
      assertThat(held.period()).isEqualTo(stored.period());
      assertThat(held.unknownModels()).isEqualTo(stored.unknownModels());
      for (Period period : List.of(Period.ALL, SOME_HOURS, FROM_NEW_YEAR, TO_MARCH_3)) {
        for (List<GroupBy> split : splits) {
          List<QueryLine> expected = stored.by(split, period);
          Lines.assertSame(held.by(split, period), expected);
          assertThat(held.countLines(split, period, Map.of(), Map.of())).isEqualTo(expected.size());
        }
      }
    }
  }

  @Test
  void tellTheSameAsTheDatabase() {
    assertToldTheSame(SPLITS, Pricing.CURRENT);
  }

  @Test
  void tellTheSameOfWhatHasSomeValues() {
    List<GroupBy> split = List.of(GroupBy.DAY, GroupBy.MODEL);
    try (LedgerQuery stored = stored(Pricing.CURRENT);
        LedgerQuery held = held(memory, Pricing.CURRENT)) {
      for (GroupBy dimension : GroupBy.values()) {
        if (dimension.isTime()) {
          continue;
        }
        List<String> values = new ArrayList<>(List.of("", "no such"));
        stored.by(List.of(dimension), Period.ALL).forEach(line -> values.add(line.keys().get(0)));
        for (String value : values) {
          Lines.assertSame(
              held.by(split, SOME_HOURS, Map.of(dimension, value)),
              stored.by(split, SOME_HOURS, Map.of(dimension, value)));
        }
        Map<GroupBy, Set<String>> among = Map.of(dimension, Set.copyOf(values.subList(1, 3)));
        Lines.assertSame(
            held.cube(split, Period.ALL, Map.of(), among, 100_000).by(split),
            stored.cube(split, Period.ALL, Map.of(), among, 100_000).by(split));
      }
    }
  }

  @Test
  void refuseAsTheDatabaseDoes() {
    try (LedgerQuery held = held(memory, Pricing.CURRENT)) {
      List<GroupBy> split = List.of(GroupBy.HOUR, GroupBy.TEAM);
      int lines = held.by(split, Period.ALL).size();
      assertThat(held.cube(split, Period.ALL, Map.of(), Map.of(), lines).by(split)).hasSize(lines);
      assertThatThrownBy(() -> held.cube(split, Period.ALL, Map.of(), Map.of(), lines - 1))
          .isInstanceOf(TooManyLinesException.class);
      List<GroupBy> byTeam = List.of(GroupBy.TEAM);
      int teams = held.by(byTeam, Period.ALL).size();
      assertThat(held.cube(byTeam, Period.ALL, Map.of(), Map.of(), teams).by(byTeam))
          .hasSize(teams);
      assertThatThrownBy(() -> held.cube(byTeam, Period.ALL, Map.of(), Map.of(), teams - 1))
          .isInstanceOf(TooManyLinesException.class);
      assertThatThrownBy(() -> held.total(Period.ALL, Map.of(GroupBy.DAY, "2026-03-01")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ask for a period");
    }
  }

  @Test
  void knowWhatWasAddedPricedAnewAndForgotten() throws IOException {
    assertToldTheSame(SOME, Pricing.CURRENT);
    read(ownCard(1.4), "third", texts(400, 500));
    assertToldTheSame(SOME, Pricing.CURRENT);
    new LedgerForget(NOW, "test").user(ledger(), "u1", Duration.ZERO);
    assertToldTheSame(SOME, Pricing.CURRENT);
    new LedgerReprice(ownCard(1.9), NOW, "test").reprice(ledger(), Duration.ZERO);
    assertToldTheSame(SOME, Pricing.CURRENT);
    assertToldTheSame(SOME, Pricing.AS_SEALED);
    read(ownCard(1.9), "fourth", texts(500, 600));
    assertToldTheSame(SOME, Pricing.CURRENT);
  }

  @Test
  void areThoseOfTheStateThatWasOpened() throws IOException {
    try (LedgerQuery before = held(memory, Pricing.CURRENT)) {
      long activities = before.total(Period.ALL).activities();
      read(CARD, "third", texts(400, 500).replace("o'brien", "new"));
      try (LedgerQuery after = held(memory, Pricing.CURRENT)) {
        assertThat(after.total(Period.ALL).activities()).isEqualTo(activities + 100);
      }
      assertThat(before.total(Period.ALL).activities()).isEqualTo(activities);
    }
  }

  @Test
  void needNoFilesOfRollups() throws IOException {
    try (LedgerQuery held = held(memory, Pricing.CURRENT)) {
      QueryLine expected = held.total(SOME_HOURS);
      for (Path file : rollups()) {
        Files.move(file, file.resolveSibling(file.getFileName() + ".gone"));
      }
      Lines.assertSame(List.of(held.total(SOME_HOURS)), List.of(expected));
      assertThatThrownBy(() -> held.notes(Period.ALL)).isInstanceOf(RuntimeException.class);
    }
  }

  private List<Path> rollups() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("ledger"))) {
      return files
          .filter(file -> file.toString().contains("rollup"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  private long bytesOfCells() {
    CellRoom large = new CellRoom(LARGE);
    try (LedgerMemory alone = new LedgerMemory(large)) {
      held(alone, Pricing.CURRENT).close();
      return LARGE - large.leftBytes();
    }
  }

  @Test
  void areNotHeldWhereThereIsNoRoomAndGiveBackWhatTheyTook() throws IOException {
    long enough = bytesOfCells() + 100;
    CellRoom room = new CellRoom(enough);
    try (LedgerMemory other = new LedgerMemory(room)) {
      try (LedgerMemory one = new LedgerMemory(room)) {
        held(one, Pricing.CURRENT).close();
        assertThat(room.leftBytes()).isEqualTo(100);
        assertThat(LedgerQuery.held(ledger().snapshot(), Pricing.CURRENT, other)).isEmpty();
        assertThat(room.leftBytes()).isEqualTo(100);
        read(CARD, "third", texts(400, 500));
        assertThat(LedgerQuery.held(ledger().snapshot(), Pricing.CURRENT, one)).isEmpty();
        assertThat(room.leftBytes()).as("what is not whole is of no use").isEqualTo(enough);
      }
      assertThat(room.leftBytes()).isEqualTo(enough);
    }
  }

  @Test
  void thatWereTooManyAreReadAgainOnlyWhereThereIsPlentyOfRoom() {
    long bytes = bytesOfCells();
    CellRoom room = new CellRoom(bytes - 1);
    try (LedgerMemory refused = new LedgerMemory(room)) {
      assertThat(LedgerQuery.held(ledger().snapshot(), Pricing.CURRENT, refused)).isEmpty();
      room.giveBack(bytes / 2);
      assertThat(LedgerQuery.held(ledger().snapshot(), Pricing.CURRENT, refused)).isEmpty();
      try (LedgerMemory other = new LedgerMemory(room)) {
        assertThat(LedgerQuery.held(ledger().snapshot(), Pricing.CURRENT, other)).isPresent();
      }
      room.giveBack(bytes);
      assertThat(LedgerQuery.held(ledger().snapshot(), Pricing.CURRENT, refused)).isPresent();
    }
  }

  @Test
  void ofBatchesThatTellOfTheSameHoursAreSummed() throws IOException {
    read(CARD, "again", texts(0, 150).replace("\"r", "\"again-"));
    long once = bytesOfCells();
    read(CARD, "and-again", texts(0, 150).replace("\"r", "\"and-again-"));
    assertThat(bytesOfCells()).isEqualTo(once);
    assertToldTheSame(SOME, Pricing.CURRENT);
  }

  @Test
  void canBeMany() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12_000; i++) {
      lines.append(
          String.format(
              "{\"request_id\":\"m%d\",\"model\":\"gpt-4o\",\"region\":\"FR\",\"team\":\"t%d\","
                  + "\"output_tokens\":%d,\"when\":\"2026-03-02T%02d:00:00Z\"}%n",
              i, i % 600, i, i % 23));
    }
    read(CARD, "many", lines.toString());
    CellRoom room = new CellRoom(LARGE);
    try (LedgerMemory large = new LedgerMemory(room);
        LedgerQuery stored = stored(Pricing.CURRENT);
        LedgerQuery held = held(large, Pricing.CURRENT)) {
      Lines.assertSame(
          held.by(List.of(GroupBy.HOUR), SOME_HOURS), stored.by(List.of(GroupBy.HOUR), SOME_HOURS));
      assertThat(LARGE - room.leftBytes()).isGreaterThan(500_000);
    }
  }

  @Test
  void staySoWhereRollupsAreMerged() throws IOException {
    for (int batch = 0; batch < 20; batch++) {
      read(CARD, "small" + batch, texts(1_000 + batch, 1_001 + batch));
      held(memory, Pricing.CURRENT).close();
    }
    assertThat(ledger().snapshot().seals())
        .as("some were merged")
        .anyMatch(seal -> seal.kind() == Seal.Kind.COMPACT);
    assertToldTheSame(SOME, Pricing.CURRENT);
  }

  @Test
  void knowWhatIsTakenBack() throws IOException {
    read(CARD, "usage-1", bucket(700));
    assertToldTheSame(SOME, Pricing.CURRENT);
    assertThat(read(CARD, "usage-2", bucket(900)).revised()).isEqualTo(1);
    assertToldTheSame(SOME, Pricing.CURRENT);
  }

  private static String bucket(int outputTokens) {
    return "{\"object\":\"page\",\"data\":[{\"object\":\"bucket\",\"start_time\":1772442000,"
        + "\"end_time\":1772445600,\"results\":[{\"object\":\"organization.usage.completions.result\","
        + "\"input_tokens\":10,\"output_tokens\":"
        + outputTokens
        + ",\"num_model_requests\":1,\"project_id\":\"search\",\"model\":\"gpt-4o\"}]}]}";
  }
}
