package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerExport;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ledger.store.Verification;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prices that change and events that go, in a real ledger on disk. */
class LedgerChangeTest {
  private static final RateCard CARD = card(FactorCatalogue.shipped());
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));
  private static final String USAGE =
      """
      {"request_id":"a","when":"2026-03-01T10:00:00Z","model":"gpt-4o","user":"ann","site":"paris-1","input_tokens":500,"output_tokens":300}
      {"request_id":"b","when":"2026-03-01T11:00:00Z","model":"gpt-4o","user":"bob","site":"FR","input_tokens":50,"output_tokens":30}
      {"request_id":"c","when":"2026-03-02T11:00:00Z","model":"dall-e-3","user":"bob","site":"FR","count":2}
      {"request_id":"d","when":"2026-03-03T11:00:00Z","model":"our-own","user":"cid","site":"FR","input_tokens":50,"output_tokens":30}
      """;
  private static final String FACTORS =
      """
      data_centres:
        - name: paris-1
          zone: FR
          pue: 1.9
      """;

  @TempDir Path folder;

  private Ledger ledger;

  @BeforeEach
  void readsUsage() throws IOException {
    ledger = Ledger.openOrCreate(folder.resolve("ledger"));
    assertThat(read().added()).isEqualTo(4);
  }

  private static RateCard card(FactorCatalogue catalogue) {
    return new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
  }

  private LedgerIngest.Result read() throws IOException {
    return read(Files.writeString(folder.resolve("usage.jsonl"), USAGE));
  }

  private LedgerIngest.Result read(Path usage) {
    return new LedgerIngest(CARD, NOW, Reading.SILENT, "test")
        .ingest(
            ledger,
            Duration.ZERO,
            List.of(usage),
            UsageDefaults.NONE,
            folder.resolve("quarantine.jsonl"));
  }

  private LedgerReprice.Restatement reprice() throws IOException {
    Path factors = Files.writeString(folder.resolve("factors.yaml"), FACTORS);
    return new LedgerReprice(card(FactorCatalogue.shippedWith(factors)), NOW, "test")
        .reprice(ledger, Duration.ZERO);
  }

  private Map<String, Double> carbonByRegion(Pricing pricing) {
    try (LedgerQuery query = LedgerQuery.open(ledger.snapshot(), pricing)) {
      return query.by(List.of(GroupBy.REGION), Period.ALL).stream()
          .collect(
              Collectors.toMap(
                  line -> line.keys().get(0), line -> line.footprint().median(Impact.CARBON_KG)));
    }
  }

  private QueryLine total(Pricing pricing) {
    try (LedgerQuery query = LedgerQuery.open(ledger.snapshot(), pricing)) {
      return query.total(Period.ALL);
    }
  }

  private void assertIntact() {
    assertThat(Verification.of(ledger, "", (files, of) -> {}).findings()).isEmpty();
  }

  @Test
  void newPricesLeaveTheOldOnesAsTheyWereSealed() throws IOException {
    QueryLine sealed = total(Pricing.AS_SEALED);

    LedgerReprice.Restatement restated = reprice();

    assertThat(restated.seal()).isPresent();
    QueryLine still = total(Pricing.AS_SEALED);
    for (Impact impact : List.of(Impact.ENERGY_KWH, Impact.CARBON_KG, Impact.WATER_L)) {
      double median = sealed.footprint().median(impact);
      assertThat(still.footprint().median(impact)).isCloseTo(median, within(1e-9 * median));
      assertThat(still.footprint().draws(impact))
          .containsExactly(sealed.footprint().draws(impact), within(1e-9 * median));
    }
    assertThat(total(Pricing.CURRENT).activities()).isEqualTo(4);
    assertThat(carbonByRegion(Pricing.CURRENT).get("paris-1"))
        .isNotEqualTo(carbonByRegion(Pricing.AS_SEALED).get("paris-1"));
    assertThat(carbonByRegion(Pricing.CURRENT).getOrDefault("FR", 0.0))
        .isCloseTo(
            carbonByRegion(Pricing.AS_SEALED).getOrDefault("FR", 1.0), withinPercentage(1e-9));
    assertIntact();
  }

  @Test
  void sayWhatNewPricesChange() throws IOException {
    LedgerReprice.Restatement restated = reprice();

    assertThat(restated.after().footprint().median(Impact.ENERGY_KWH))
        .isGreaterThan(1.01 * restated.before().footprint().median(Impact.ENERGY_KWH));
    assertThat(reprice().seal()).isEmpty();
  }

  @Test
  void priceWhatIsReadAfterwardsToo() throws IOException {
    reprice();
    Files.writeString(
        folder.resolve("more.jsonl"),
        """
        {"request_id":"e","when":"2026-03-04T10:00:00Z","model":"gpt-4o","site":"FR","output_tokens":300}
        """);
    new LedgerIngest(CARD, NOW, Reading.SILENT, "test")
        .ingest(
            ledger,
            Duration.ZERO,
            List.of(folder.resolve("more.jsonl")),
            UsageDefaults.NONE,
            folder.resolve("quarantine.jsonl"));

    assertThat(total(Pricing.CURRENT).activities()).isEqualTo(5);
    assertThat(total(Pricing.AS_SEALED).activities()).isEqualTo(5);
    assertIntact();
  }

  @Test
  void aForgottenUserLeavesNoEventNoTotalAndDoesNotComeBack() throws IOException {
    double before = total(Pricing.CURRENT).footprint().median(Impact.CARBON_KG);

    LedgerForget.Result result = new LedgerForget(NOW, "test").user(ledger, "bob", Duration.ZERO);

    assertThat(result.removed()).isEqualTo(2);
    assertThat(ledger.snapshot().events()).isEqualTo(2);
    assertThat(total(Pricing.CURRENT).activities()).isEqualTo(2);
    assertThat(total(Pricing.CURRENT).footprint().median(Impact.CARBON_KG)).isLessThan(before);
    assertThat(read().added()).isZero();
    assertIntact();
  }

  @Test
  void forgettingNobodyChangesNothing() {
    String head = ledger.head().seal();

    assertThat(new LedgerForget(NOW, "test").user(ledger, "dan", Duration.ZERO).seal()).isEmpty();

    assertThat(ledger.head().seal()).isEqualTo(head);
  }

  @Test
  void newerPricesOfAForgottenUserGo() throws IOException {
    reprice();

    LedgerForget.Result result = new LedgerForget(NOW, "test").user(ledger, "bob", Duration.ZERO);

    assertThat(result.pricesDropped()).isTrue();
    assertThat(total(Pricing.CURRENT).activities()).isEqualTo(2);
    assertThat(reprice().after().activities()).isEqualTo(2);
    assertIntact();
  }

  @Test
  void oldEventsGoAndTheirTotalsStay() throws IOException {
    double before = total(Pricing.CURRENT).footprint().median(Impact.CARBON_KG);

    LedgerForget.Result result =
        new LedgerForget(NOW, "test").before(ledger, LocalDate.parse("2026-03-02"), Duration.ZERO);

    assertThat(result.removed()).isEqualTo(2);
    assertThat(ledger.snapshot().events()).isEqualTo(2);
    assertThat(total(Pricing.CURRENT).footprint().median(Impact.CARBON_KG))
        .isCloseTo(before, within(1e-12 * before));
    assertThat(read().added()).isZero();
    assertIntact();
  }

  /** Of days whose events were removed since they are too old only roll-ups are left. */
  @Test
  void aForgottenUserTakesNoRollupsOfOtherDaysAlong() throws IOException {
    LedgerForget forget = new LedgerForget(NOW, "test");
    forget.before(ledger, LocalDate.of(2026, 3, 2), Duration.ZERO);
    Map<String, Double> before = carbonByDay();

    assertThat(forget.user(ledger, "bob", Duration.ZERO).removed()).isEqualTo(1);

    Map<String, Double> after = carbonByDay();
    assertThat(after.keySet()).containsExactlyInAnyOrder("2026-03-01", "2026-03-03");
    assertThat(after.getOrDefault("2026-03-01", 0.0))
        .isPositive()
        .isCloseTo(before.getOrDefault("2026-03-01", 0.0), withinPercentage(1e-7));
    assertThat(Verification.of(ledger, "", (files, of) -> {}).findings()).isEmpty();
  }

  private Map<String, Double> carbonByDay() {
    try (LedgerQuery query = LedgerQuery.open(ledger.snapshot(), Pricing.CURRENT)) {
      return query.by(List.of(GroupBy.DAY), Period.ALL).stream()
          .collect(
              Collectors.toMap(
                  line -> line.keys().get(0), line -> line.footprint().carbonKg().median()));
    }
  }

  @Test
  void whoIsForgottenAfterOldEventsWentTakesNoTotalsOfThoseAlong() throws IOException {
    LedgerForget forget = new LedgerForget(NOW, "test");
    forget.before(ledger, LocalDate.parse("2026-03-02"), Duration.ZERO);
    double ofOldDay = carbonBefore("2026-03-02T00:00:00Z");
    assertThat(ofOldDay).isPositive();

    forget.user(ledger, "bob", Duration.ZERO);
    forget.user(ledger, "ann", Duration.ZERO);
    forget.user(ledger, "cid", Duration.ZERO);

    assertThat(carbonBefore("2026-03-02T00:00:00Z")).isCloseTo(ofOldDay, withinPercentage(1e-9));
    assertIntact();
  }

  /** Merging puts the roll-ups of events that are gone together with events that came late. */
  @Test
  void whoIsForgottenAfterAMergeTakesOnlyTheirOwnAlong() throws IOException {
    LedgerForget forget = new LedgerForget(NOW, "test");
    forget.before(ledger, LocalDate.parse("2026-03-02"), Duration.ZERO);
    double withoutLate = carbonBefore("2026-03-02T00:00:00Z");
    Path late =
        Files.writeString(
            folder.resolve("late.jsonl"),
            """
            {"request_id":"x","when":"2026-03-01T11:00:00Z","model":"gpt-4o","user":"zoe","site":"FR","input_tokens":70,"output_tokens":40}
            {"request_id":"y","when":"2026-03-01T12:00:00Z","model":"gpt-4o","user":"zoe","site":"FR","input_tokens":70,"output_tokens":40}
            """);
    assertThat(read(late).added()).isEqualTo(2);
    assertThat(new LedgerCompaction(NOW, "test").compact(ledger, Duration.ZERO).seals())
        .isNotEmpty();
    assertThat(carbonBefore("2026-03-02T00:00:00Z")).isGreaterThan(withoutLate);

    assertThat(forget.user(ledger, "zoe", Duration.ZERO).removed()).isEqualTo(2);

    assertThat(carbonBefore("2026-03-02T00:00:00Z")).isCloseTo(withoutLate, withinPercentage(1e-9));
    assertThat(total(Pricing.CURRENT).activities()).isEqualTo(4);
    assertIntact();
  }

  private double carbonBefore(String moment) {
    try (LedgerQuery query = LedgerQuery.open(ledger.snapshot(), Pricing.CURRENT)) {
      return query
          .total(new Period(Optional.empty(), Optional.of(Instant.parse(moment))))
          .footprint()
          .median(Impact.CARBON_KG);
    }
  }

  @Test
  void whoeverReadsWhileOthersForgetGoesOnWithWhatIsLeft() throws IOException {
    Ledger.Snapshot before = ledger.snapshot();
    try (LedgerQuery opened = LedgerQuery.open(before, Pricing.CURRENT)) {
      assertThat(opened.total(Period.ALL).activities()).isEqualTo(4);
      new LedgerForget(NOW, "test").user(ledger, "bob", Duration.ZERO);

      assertThat(opened.by(List.of(GroupBy.MODEL), Period.ALL)).hasSize(2);
      assertThat(LedgerFixture.rows(opened, "SELECT count(*) FROM events"))
          .containsExactly(List.of("2"));
    }
    try (LedgerQuery opened = LedgerQuery.open(before, Pricing.CURRENT)) {
      assertThat(opened.total(Period.ALL).activities()).isEqualTo(2);
    }
    LedgerExport.parquet(before, Pricing.CURRENT, Period.ALL, folder.resolve("export.parquet"));
    assertThat(folder.resolve("export.parquet")).exists();
  }

  @Test
  void aCheckDuringWhichSomebodyIsForgottenBeginsAnew() {
    boolean[] forgotten = {false};
    Verification.Result result =
        Verification.of(
            ledger,
            "",
            (files, of) -> {
              if (!forgotten[0]) {
                forgotten[0] = true;
                new LedgerForget(NOW, "test").user(ledger, "bob", Duration.ZERO);
              }
            });
    assertThat(result.findings()).isEmpty();
    assertThat(result.events()).isEqualTo(2);
  }

  /** Another writer adds events while a repricing waits for it. */
  @Test
  void whatNewPricesChangeIsToldOfTheSameEvents() throws IOException {
    Path more =
        Files.writeString(
            folder.resolve("more.jsonl"),
            "{\"model\":\"gpt-4o\",\"site\":\"FR\",\"output_tokens\":300}\n");
    boolean[] added = {false};
    InstantSource clock =
        () -> {
          if (!added[0]) {
            added[0] = true;
            new LedgerIngest(CARD, NOW, Reading.SILENT, "test")
                .ingest(
                    ledger,
                    Duration.ZERO,
                    List.of(more),
                    UsageDefaults.NONE,
                    folder.resolve("q.jsonl"));
          }
          return NOW.instant();
        };
    Path factors = Files.writeString(folder.resolve("factors.yaml"), FACTORS);
    LedgerReprice.Restatement restated =
        new LedgerReprice(card(FactorCatalogue.shippedWith(factors)), clock, "test")
            .reprice(ledger, Duration.ZERO);
    assertThat(restated.after().activities()).isEqualTo(5);
    assertThat(restated.before().activities()).isEqualTo(5);
  }

  @Test
  void refusedRowsAreToldOfTheWholeLedgerOnly() throws IOException {
    Path bad =
        Files.writeString(
            folder.resolve("bad.jsonl"),
            """
            {"model":"gpt-4o","output_tokens":-1}
            {"model":"gpt-4o","output_tokens":1}
            """);
    new LedgerIngest(CARD, NOW, Reading.SILENT, "test")
        .ingest(ledger, Duration.ZERO, List.of(bad), UsageDefaults.NONE, folder.resolve("q.jsonl"));
    Period march = new Period(Optional.of(Instant.parse("2026-03-01T00:00:00Z")), Optional.empty());
    assertThat(LedgerAccount.of(ledger.snapshot(), CARD, Period.ALL, "t").account().refused())
        .isEqualTo(1);
    assertThat(LedgerAccount.of(ledger.snapshot(), CARD, march, "t").account().refused()).isZero();
  }
}
