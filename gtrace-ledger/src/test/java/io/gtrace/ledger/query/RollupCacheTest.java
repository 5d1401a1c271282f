package io.gtrace.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerWriter;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private static final List<Impact> COMPARED =
      List.of(
          Impact.CARBON_KG, Impact.OPERATIONAL_MARKET_BASED_KG, Impact.ENERGY_KWH, Impact.WATER_L);

  @TempDir Path folder;

  private Ledger read(int first, int count) throws IOException {
    return read(CARD, "azure/eastus", first, count);
  }

  private Ledger read(RateCard card, String region, int first, int count) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = first; i < first + count; i++) {
      String when = i % 17 == 0 ? "" : ",\"timestamp\":\"2026-03-%02dT%02d:10:00Z\"";
      lines.append(
          String.format(
                  "{\"request_id\":\"r%d\",\"model\":\"%s\",\"region\":\"%s\",\"team\":\"t%d\","
                      + "\"input_tokens\":%d,\"output_tokens\":%d",
                  i,
                  i % 3 == 0 ? "gpt-4o" : "gpt-4o-mini",
                  i % 2 == 0 ? "FR" : region,
                  i % 4,
                  100 + i,
                  10 + i % 50)
              + String.format(when, 1 + i % 5, i % 24)
              + "}\n");
    }
    Path file = Files.writeString(folder.resolve(first + ".jsonl"), lines);
    Ledger ledger = Ledger.openOrCreate(folder.resolve("ledger"));
    new LedgerIngest(card, NOW, Reading.SILENT, "test")
        .ingest(
            ledger,
            Duration.ZERO,
            List.of(file),
            UsageDefaults.NONE,
            folder.resolve("quarantine.jsonl"));
    return ledger;
  }

  private static void keep(Ledger ledger) {
    try (LedgerWriter writer = ledger.writer(Duration.ZERO, NOW)) {
      assertThat(RollupCache.refresh(writer, 0)).isEmpty();
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

  private static void assertSame(List<QueryLine> lines, List<QueryLine> expected) {
    assertThat(lines).hasSameSizeAs(expected);
    for (int i = 0; i < lines.size(); i++) {
      QueryLine line = lines.get(i);
      QueryLine same = expected.get(i);
      assertThat(line.keys()).isEqualTo(same.keys());
      assertThat(line.activities()).isEqualTo(same.activities());
      for (Impact impact : COMPARED) {
        double figure = same.footprint().median(impact);
        double got = line.footprint().median(impact);
        if (Double.isNaN(figure)) {
          assertThat(got).as("what is not known").isNaN();
        } else {
          assertThat(got).isCloseTo(figure, within(1e-9 * Math.abs(figure)));
        }
      }
      double upper = same.footprint().carbonKg().high();
      assertThat(line.footprint().carbonKg().high()).isCloseTo(upper, within(1e-9 * upper));
    }
  }

  @Test
  void answersAreThoseOfTheRollups() throws IOException {
    Ledger ledger = read(0, 500);
    List<QueryLine> fromRollups = answers(ledger);

    keep(ledger);

    assertThat(RollupCache.of(ledger.snapshot())).isPresent();
    assertSame(answers(ledger), fromRollups);
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
    List<QueryLine> fromRollups = answers(ledger);
    assertThat(fromRollups.get(0).footprint().median(Impact.OPERATIONAL_MARKET_BASED_KG))
        .isPositive();

    keep(ledger);

    assertSame(answers(ledger), fromRollups);
  }

  @Test
  void sumsOfAnEarlierHeadAreAddedToAndNeverUsedAsTheyAre() throws IOException {
    Ledger ledger = read(0, 300);
    keep(ledger);
    Path first = RollupCache.of(ledger.snapshot()).orElseThrow();

    read(300, 300);
    assertThat(RollupCache.of(ledger.snapshot())).isEmpty();
    List<QueryLine> fromRollups = answers(ledger);
    keep(ledger);

    assertThat(first).doesNotExist();
    assertSame(answers(ledger), fromRollups);
  }

  @Test
  void verifyingNeitherReadsNorMissesThem() throws IOException {
    Ledger ledger = read(0, 300);
    keep(ledger);
    Files.writeString(RollupCache.of(ledger.snapshot()).orElseThrow(), "nonsense");

    assertThat(Verification.of(ledger, "", (files, of) -> {}).findings()).isEmpty();
  }
}
