package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger answers what an account of the same files says. */
class LedgerPricesTest {
  /** Sums in another order differ by less: 1e-9. */
  private static final Percentage SAME = Percentage.withPercentage(1e-7);

  /**
   * How requests scatter is summed hour by hour in an account, and over all hours of a price
   * together in a ledger, which is not quite the same where their requests differ in size.
   */
  private static final Percentage BOUNDS = Percentage.withPercentage(0.1);

  private static final String OTHERS =
      """
      {"when":"2026-03-01T10:00:00Z","model":"dall-e-3","team":"art","count":3,"width":1024,"height":1024}
      {"when":"2025-07-01T20:00:00Z","model":"flux.1-dev","team":"art","count":2,"width":512,"height":768,"steps":20,"region":"US-CA"}
      {"when":"2026-03-01T10:00:00Z","model":"sora-2","team":"art","seconds":5}
      {"model":"whisper-large-v3","seconds":60}
      {"when":"2026-01-31T23:59:59.999Z","model":"tts-1","seconds":60,"team":"art"}
      {"model":"musicgen-large","seconds":30}
      {"model":"text-embedding-3-small","input_tokens":8000}
      {"model":"tuned","modality":"training","accelerator":"h100-sxm","count":8,"hours":3,"site":"FR"}
      {"modality":"training","accelerator":"a100-sxm-80gb","flop":1e21,"site":"CA-QC","when":"2026-02-01T00:00:00Z"}
      {"model":"nobody-knows-this","input_tokens":100,"output_tokens":100}
      {"when":"2026-03-01T10:00:00Z","model":"meta-llama/Llama-3.1-8B-Instruct","region":"rtx-4090@DE","requests":40,"input_tokens":4000,"cached_input_tokens":900,"output_tokens":300,"reasoning_tokens":100}
      """;

  @TempDir Path folder;

  @Test
  void answersAsAnAccountOfTheSameFilesDoes() throws Exception {
    Path usage = Files.writeString(folder.resolve("u.jsonl"), LedgerFixture.calls(0, 200) + OTHERS);
    Account account =
        new UsageAccountant(LedgerFixture.CARD, LedgerFixture.NOW, Reading.SILENT)
            .account("", List.of(usage), folder.resolve("q.jsonl"))
            .account();
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    assertThat(ledger.read(50, usage).refusals()).isEmpty();

    try (LedgerQuery query =
        LedgerQuery.open(ledger.ledger().snapshot(), RollupFiles.Pricing.CURRENT)) {
      requireSame("total", query.total(Period.ALL), account.total());
      Map<Dimension, GroupBy> dimensions =
          Map.of(
              Dimension.TEAM, GroupBy.TEAM,
              Dimension.SITE, GroupBy.REGION,
              Dimension.MODALITY, GroupBy.MODALITY);
      dimensions.forEach((dimension, by) -> {
        Map<String, QueryLine> lines =
            query.by(List.of(by), Period.ALL).stream()
                .collect(Collectors.toMap(line -> line.keys().get(0), Function.identity()));
        List<Account.Line> expected = account.lines().getOrDefault(dimension, List.of());
        assertThat(lines).as(by.label()).hasSameSizeAs(expected);
        expected.forEach(line -> {
          assertThat(lines).containsKey(line.key());
          requireSame(by + " " + line.key(), Objects.requireNonNull(lines.get(line.key())), line);
        });
      });
    }
  }

  @Test
  void marketBasedCarbonGoesByTheHoursOfAContract() throws Exception {
    Path factors =
        Files.writeString(
            folder.resolve("own.yaml"),
            "data_centres:\n  - {name: own, zone: FR, pue: 1.1, hourly_matched_shares: ["
                + "1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5,"
                + " 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}\n");
    FactorCatalogue catalogue = FactorCatalogue.shippedWith(factors);
    RateCard card =
        new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.REFUSE);
    Path usage =
        Files.writeString(
            folder.resolve("u.csv"),
            """
            when,model,region,output_tokens
            2026-03-01T02:10:00Z,gpt-4o,own,300
            2026-03-01T08:10:00Z,gpt-4o,own,300
            2026-03-01T20:10:00Z,gpt-4o,own,300
            ,gpt-4o,own,300
            """);
    Account account =
        new UsageAccountant(card, LedgerFixture.NOW, Reading.SILENT)
            .account("", List.of(usage), folder.resolve("q.jsonl"))
            .account();
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    new LedgerIngest(card, LedgerFixture.NOW, Reading.SILENT, "test", LedgerFixture.LARGE)
        .ingest(
            Ledger.openOrCreate(ledger.folder()),
            Duration.ZERO,
            List.of(usage),
            UsageDefaults.NONE,
            folder.resolve("q.jsonl"));
    requireSame("total", ledger.total(), account.total());
    ledger.requireIntact();
    List<String> byEvent =
        ledger
            .rows("SELECT operational_market_based_kg / energy_kwh FROM priced_events ORDER BY 1")
            .stream()
            .map(row -> row.get(0))
            .toList();
    double residualKgPerKwh = Double.parseDouble(byEvent.get(3));
    assertThat(byEvent.stream().map(Double::parseDouble).map(kg -> kg / residualKgPerKwh).toList())
        .zipSatisfy(
            List.of(0.0, 0.5, 0.625, 1.0),
            (share, expected) -> assertThat(share).isCloseTo(expected, within(1e-9)));
  }

  private static void requireSame(String what, QueryLine stored, Account.Line accounted) {
    assertThat(stored.activities()).as(what).isEqualTo(accounted.activities());
    assertThat(stored.tokens()).as(what).isCloseTo(accounted.tokens(), SAME);
    Footprint one = stored.footprint();
    Footprint other = accounted.footprint();
    for (Impact impact : Impact.values()) {
      String where = what + " " + impact;
      if (Double.isNaN(other.median(impact))) {
        assertThat(one.median(impact)).as(where).isNaN();
        continue;
      }
      assertThat(one.median(impact)).as(where).isCloseTo(other.median(impact), SAME);
      Quantity bounds = one.quantity(impact).orElseThrow();
      Quantity expected = other.quantity(impact).orElseThrow();
      assertThat(bounds.low()).as(where).isCloseTo(expected.low(), BOUNDS);
      assertThat(bounds.high()).as(where).isCloseTo(expected.high(), BOUNDS);
    }
  }

  @Test
  void pricesEveryEventSoThatTheySumToTheRollUp() throws Exception {
    Path usage = Files.writeString(folder.resolve("u.jsonl"), LedgerFixture.calls(0, 200) + OTHERS);
    LedgerFixture ledger = new LedgerFixture(folder.resolve("ledger"));
    ledger.read(50, usage);
    for (Impact impact : EventSchema.BASIC_IMPACTS) {
      String column = EventSchema.column(impact);
      String sum =
          "SELECT team, sum(%s) FILTER (NOT isnan(%s)), count(*) FILTER (isnan(%s)) > 0 FROM %s"
              + " GROUP BY team ORDER BY team";
      List<List<String>> events =
          ledger.rows(sum.formatted(column, column, column, "priced_events"));
      List<List<String>> cells = ledger.rows(sum.formatted(column, column, column, "rollup"));
      assertThat(events).hasSameSizeAs(cells);
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).get(0)).isEqualTo(cells.get(i).get(0));
        assertThat(events.get(i).get(2)).isEqualTo(cells.get(i).get(2));
        if (!events.get(i).get(1).equals("NULL")) {
          assertThat(Double.parseDouble(events.get(i).get(1)))
              .as(column + " of " + events.get(i).get(0))
              .isCloseTo(Double.parseDouble(cells.get(i).get(1)), SAME);
        }
      }
    }
    assertThat(ledger.rows("SELECT count(*) FROM priced_events"))
        .isEqualTo(List.of(List.of("211")));
  }
}
