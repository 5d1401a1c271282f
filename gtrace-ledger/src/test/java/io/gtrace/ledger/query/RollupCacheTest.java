package io.gtrace.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.InputFormat;
import io.gtrace.ledger.LedgerFollow;
import io.gtrace.ledger.LedgerForget;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.LedgerReprice;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.Verification;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupCacheTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final RateCard CARD =
      new RateCard(CATALOGUE, Draws.standard(CATALOGUE.correlations()), Fallback.ALLOW);
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));
  private static final Period SOME_DAYS =
      new Period(
          Optional.of(Instant.parse("2026-03-02T00:00:00Z")),
          Optional.of(Instant.parse("2026-03-04T00:00:00Z")));
  private static final Period SOME_HOURS =
      new Period(Optional.of(Instant.parse("2026-03-02T07:00:00Z")), Optional.empty());

  private static final RollupCache.Size NONE = new RollupCache.Size(0, 0);

  @TempDir Path folder;

  private Ledger read(int first, int count) throws IOException {
    return read(CARD, "azure/eastus", first, count);
  }

  private Ledger read(RateCard card, String region, int first, int count) throws IOException {
    return ingest(
        card, Files.writeString(folder.resolve(first + ".jsonl"), lines(region, first, count)));
  }

  private static String lines(String region, int first, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = first; i < first + count; i++) {
      String when = i % 17 == 0 ? "" : ",\"timestamp\":\"2026-03-%02dT%02d:10:00Z\"";
      lines.append(
          String.format(
                  "{\"request_id\":\"r%d\",\"model\":\"%s\",\"region\":\"%s\",\"team\":\"t%d\","
                      + "\"user\":\"u%d\",\"input_tokens\":%d,\"output_tokens\":%d",
                  i,
                  i % 3 == 0 ? "gpt-4o" : "gpt-4o-mini",
                  i % 2 == 0 ? "FR" : region,
                  i % 4,
                  i % 7,
                  100 + i,
                  10 + i % 50)
              + String.format(when, 1 + i % 5, i % 24)
              + "}\n");
    }
    return lines.toString();
  }

  private Ledger ingest(RateCard card, Path... files) {
    Ledger ledger = Ledger.openOrCreate(folder.resolve("ledger"));
    new LedgerIngest(card, NOW, Reading.SILENT, "test")
        .ingest(
            ledger,
            Duration.ZERO,
            List.of(files),
            UsageDefaults.NONE,
            folder.resolve("quarantine.jsonl"));
    return ledger;
  }

  /** A ledger of which sums are kept already, with batches of two kinds of factors since. */
  private Ledger readWithKept() throws IOException {
    read(CARD, "own", 0, 60);
    read(ownCard(1.3), "own", 60, 60);
    Ledger ledger = Ledger.open(folder.resolve("ledger"));
    keep(ledger);
    return ledger;
  }

  private RateCard ownCard(double pue) throws IOException {
    FactorCatalogue catalogue =
        FactorCatalogue.shippedWith(
            Files.writeString(
                folder.resolve("own.yaml"),
                "data_centres:\n  - {name: own, zone: FR, pue: " + pue + "}\n"));
    return new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
  }

  private static final class Unheard implements LedgerFollow.Followed {
    @Override
    public void sealed(Seal seal) {}

    @Override
    public void postponed(LedgerException reason) {
      throw reason;
    }
  }

  private static void keep(Ledger ledger) {
    try (LedgerWriter writer = ledger.writer(Duration.ZERO, NOW)) {
      assertThat(RollupCache.refresh(writer, NONE, NONE)).isEmpty();
    }
  }

  private static List<QueryLine> answers(Ledger ledger) {
    List<QueryLine> answers = new ArrayList<>();
    try (LedgerQuery query = LedgerQuery.open(ledger.snapshot(), Pricing.CURRENT)) {
      for (Period period : List.of(Period.ALL, SOME_DAYS, SOME_HOURS)) {
        answers.add(query.total(period));
        answers.addAll(query.by(List.of(GroupBy.TEAM, GroupBy.MODEL, GroupBy.REGION), period));
        answers.addAll(query.by(List.of(GroupBy.DAY), period));
        answers.addAll(query.by(List.of(GroupBy.HOUR), period));
      }
    }
    return answers;
  }

  private void assertKeptAnswersAreThoseOfTheRollups(Ledger ledger) throws IOException {
    List<QueryLine> kept = answers(ledger);
    removeKept();
    Lines.assertSame(kept, answers(ledger));
  }

  private void removeKept() throws IOException {
    Path cache = folder.resolve("ledger").resolve("cache");
    try (Stream<Path> files = Files.list(cache)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static Path kept(Ledger ledger) {
    return RollupCache.DAYS.of(ledger.snapshot()).orElseThrow().file();
  }

  @Test
  void answersAreThoseOfTheRollups() throws IOException {
    Ledger ledger = read(0, 500);

    keep(ledger);

    for (RollupCache each : RollupCache.values()) {
      assertThat(each.of(ledger.snapshot())).isPresent();
    }
    assertKeptAnswersAreThoseOfTheRollups(ledger);
  }

  @Test
  void marketBasedCarbonGoesByTheHoursOfAContract() throws IOException {
    Path factors =
        Files.writeString(
            folder.resolve("own.yaml"),
            "data_centres:\n  - {name: own, zone: FR, pue: 1.1, hourly_matched_shares: ["
                + "1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5,"
                + " 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}\n");
    FactorCatalogue catalogue = FactorCatalogue.shippedWith(factors);
    RateCard card =
        new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
    Ledger ledger = read(card, "own", 0, 300);
    keep(ledger);
    read(card, "own", 300, 300);
    assertThat(answers(ledger).get(0).footprint().median(Impact.OPERATIONAL_MARKET_BASED_KG))
        .isPositive();

    keep(ledger);

    assertKeptAnswersAreThoseOfTheRollups(ledger);
  }

  @Test
  void sumsOfAnEarlierHeadServeTogetherWithWhatWasAdded() throws IOException {
    Ledger ledger = read(0, 300);
    keep(ledger);
    Path first = kept(ledger);

    read(300, 300);

    assertThat(kept(ledger)).isEqualTo(first);
    assertKeptAnswersAreThoseOfTheRollups(ledger);
  }

  @Test
  void sumsOfAnEarlierHeadAreAddedTo() throws IOException {
    Ledger ledger = read(0, 300);
    keep(ledger);
    Path first = kept(ledger);
    read(300, 300);

    keep(ledger);

    assertThat(kept(ledger)).isNotEqualTo(first);
    assertThat(first).as("is being read by others").exists();
    assertKeptAnswersAreThoseOfTheRollups(ledger);
  }

  @Test
  void imagesAddedToTextsAreCounted() throws IOException {
    Ledger ledger = read(0, 100);
    keep(ledger);
    Path file =
        Files.writeString(
            folder.resolve("images.csv"),
            """
            timestamp,modality,model,region,team,count,width_px,height_px
            2026-03-02T08:00:00Z,image,gpt-image-1,FR,t1,3,1024,1024
            """);
    ingest(CARD, file);

    assertKeptAnswersAreThoseOfTheRollups(ledger);
    keep(ledger);
    assertKeptAnswersAreThoseOfTheRollups(ledger);
  }

  @Test
  void newerPricesMakeThemAnew() throws IOException {
    Ledger ledger = readWithKept();
    Path first = kept(ledger);
    double before = answers(ledger).get(0).footprint().median(Impact.CARBON_KG);

    new LedgerReprice(ownCard(1.9), NOW, "test").reprice(ledger, Duration.ZERO);

    assertThat(RollupCache.DAYS.of(ledger.snapshot()).map(RollupCache.Sums::file))
        .isNotEqualTo(Optional.of(first));
    assertThat(answers(ledger).get(0).footprint().median(Impact.CARBON_KG))
        .isNotCloseTo(before, within(1e-3 * before));
  }

  @Test
  void whatIsForgottenLeavesThem() throws IOException {
    Ledger ledger = readWithKept();
    Path first = kept(ledger);
    long before = answers(ledger).get(0).activities();

    LedgerForget.Result result = new LedgerForget(NOW, "test").user(ledger, "u1", Duration.ZERO);

    assertThat(result.removed()).isPositive();
    assertThat(answers(ledger).get(0).activities()).isEqualTo(before - result.removed());
    assertThat(kept(ledger)).isNotEqualTo(first);
    assertKeptAnswersAreThoseOfTheRollups(ledger);
  }

  @Test
  void eventsThatAreTooOldStayInThem() throws IOException {
    Ledger ledger = readWithKept();
    List<QueryLine> before = answers(ledger);

    new LedgerForget(NOW, "test").before(ledger, LocalDate.of(2026, 3, 3), Duration.ZERO);

    assertThat(RollupCache.DAYS.of(ledger.snapshot())).isPresent();
    Lines.assertSame(answers(ledger), before);
    assertKeptAnswersAreThoseOfTheRollups(ledger);
  }

  @Test
  void aFollowedFileLetsThemServe() throws IOException {
    Ledger ledger = read(400, 100);
    keep(ledger);
    Path file = Files.writeString(folder.resolve("growing.jsonl"), lines("azure/eastus", 0, 400));

    new LedgerFollow(CARD, NOW, "test", time -> false, new Unheard())
        .follow(
            ledger,
            file,
            InputFormat.detected(),
            UsageDefaults.NONE,
            folder.resolve("quarantine.jsonl"),
            new LedgerFollow.Options(
                Duration.ofSeconds(1), Duration.ofHours(1), 10, Duration.ZERO));

    assertThat(ledger.snapshot().seals())
        .as("some were merged")
        .anyMatch(seal -> seal.kind() == Seal.Kind.COMPACT);
    assertThat(RollupCache.HOURS.of(ledger.snapshot())).isPresent();
    assertKeptAnswersAreThoseOfTheRollups(ledger);
  }

  @Test
  void aReaderGoesOnWhenItsSumsAreGone() throws IOException {
    Ledger ledger = read(0, 300);
    keep(ledger);
    try (LedgerQuery query = LedgerQuery.open(ledger.snapshot(), Pricing.CURRENT)) {
      long before = query.total(Period.ALL).activities();

      removeKept();

      assertThat(query.total(Period.ALL).activities()).isEqualTo(before);
      assertThat(query.by(List.of(GroupBy.HOUR), Period.ALL)).isNotEmpty();
    }
  }

  @Test
  void damagedSumsAreNotUsedAndAreFound() throws IOException {
    Ledger ledger = read(0, 300);
    List<QueryLine> fromRollups = answers(ledger);
    keep(ledger);
    byte[] whole = Files.readAllBytes(kept(ledger));
    assertThat(RollupCache.findings(ledger.snapshot())).isEmpty();

    Files.writeString(kept(ledger), "nonsense");

    Lines.assertSame(answers(ledger), fromRollups);
    assertThat(RollupCache.findings(ledger.snapshot())).singleElement().asString().contains("days");
    assertThat(Verification.of(ledger, "", (files, of) -> {}).findings()).isEmpty();

    byte[] torn = whole.clone();
    Arrays.fill(torn, 4, torn.length / 2, (byte) 7);
    Files.write(kept(ledger), torn);

    Lines.assertSame(answers(ledger), fromRollups);
  }

  @Test
  void sumsThatSomebodyChangedAreFound() throws IOException, SQLException {
    Ledger ledger = read(0, 300);
    keep(ledger);
    Path hours = RollupCache.HOURS.of(ledger.snapshot()).orElseThrow().file();
    Path changed = folder.resolve("changed.parquet");
    try (LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
      database.copy(
          "SELECT * REPLACE (output_tokens * 1.000001 AS output_tokens) FROM "
              + LedgerDatabase.parquet(List.of(hours)),
          changed);
    }
    Files.move(changed, hours, StandardCopyOption.REPLACE_EXISTING);

    assertThat(RollupCache.findings(ledger.snapshot()))
        .singleElement()
        .asString()
        .contains(hours.getFileName().toString());
  }
}
