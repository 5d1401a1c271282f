package io.gtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.Verification;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Ledgers as tests fill them and look at them. */
final class Ledgers {
  static final Clock NOON = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final RateCard CARD =
      new RateCard(CATALOGUE, Draws.standard(CATALOGUE.correlations()), Fallback.ALLOW);

  private Ledgers() {}

  static SparkLedger.Settings settings(Path ledger) {
    return new SparkLedger.Settings(
        ledger,
        Optional.empty(),
        Duration.ofSeconds(5),
        ledger.resolveSibling(ledger.getFileName() + "-quarantine.jsonl"),
        NOON,
        "test");
  }

  /** Adds files as the command line does. */
  static LedgerIngest.Result ingest(Path ledger, List<Path> files) {
    return new LedgerIngest(CARD, NOON, Reading.SILENT, "test")
        .ingest(
            Ledger.openOrCreate(ledger),
            Duration.ofSeconds(5),
            files,
            UsageDefaults.NONE,
            ledger.resolveSibling(ledger.getFileName() + "-embedded.jsonl"));
  }

  static long events(Path ledger) {
    return Ledger.open(ledger).snapshot().events();
  }

  static void requireIntact(Path ledger) {
    assertThat(Verification.of(Ledger.open(ledger), "", (files, of) -> {}).findings()).isEmpty();
  }

  private static List<QueryLine> lines(Path ledger) {
    try (LedgerQuery query =
        LedgerQuery.open(Ledger.open(ledger).snapshot(), RollupFiles.Pricing.CURRENT)) {
      return query.by(
          List.of(GroupBy.TEAM, GroupBy.MODEL, GroupBy.REGION, GroupBy.MODALITY, GroupBy.HOUR),
          Period.ALL);
    }
  }

  /** What each team cost, in the order of their names. */
  static List<QueryLine> byTeam(Path ledger) {
    try (LedgerQuery query =
        LedgerQuery.open(Ledger.open(ledger).snapshot(), RollupFiles.Pricing.CURRENT)) {
      return query.by(List.of(GroupBy.TEAM), Period.ALL).stream()
          .sorted(Comparator.comparing(line -> line.keys().get(0)))
          .toList();
    }
  }

  /** Every line of the finest report, median and interval, is that of the other ledger. */
  static void requireSameFigures(Path ledger, Path other) {
    List<QueryLine> found = lines(ledger);
    List<QueryLine> expected = lines(other);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      QueryLine line = found.get(i);
      assertThat(line.keys()).isEqualTo(expected.get(i).keys());
      assertThat(line.activities()).isEqualTo(expected.get(i).activities());
      requireSame(line.footprint(), expected.get(i).footprint());
    }
  }

  private static void requireSame(Footprint found, Footprint expected) {
    for (Impact impact : Impact.values()) {
      Optional<Quantity> one = found.quantity(impact);
      Optional<Quantity> other = expected.quantity(impact);
      assertThat(one.isPresent()).as(impact.name()).isEqualTo(other.isPresent());
      if (one.isPresent() && other.isPresent()) {
        requireNear(impact, one.get().median(), other.get().median());
        requireNear(impact, one.get().low(), other.get().low());
        requireNear(impact, one.get().high(), other.get().high());
      }
    }
  }

  private static void requireNear(Impact impact, double found, double expected) {
    assertThat(found).as(impact.name()).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
  }

  /** Calls of several models, places, days and users; every third without request id. */
  static Path calls(Path file, int from, int to) throws IOException {
    List<String> models =
        List.of("gpt-4o", "gpt-4o-mini", "claude-sonnet-4-20250514", "nobodys-7b");
    List<String> regions = List.of("eu-west-3", "azure/eastus", "US-CA");
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(
          String.format(
              Locale.ROOT,
              "{%s\"when\":\"2026-03-%02dT%02d:30:00Z\",\"model\":\"%s\",\"region\":\"%s\","
                  + "\"team\":\"t%d\",\"user\":\"u%d\",\"input_tokens\":%d,\"output_tokens\":%d}%n",
              i % 3 == 0 ? "" : "\"request_id\":\"r" + i + "\",",
              1 + i % 2,
              i % 24,
              models.get(i % 4),
              regions.get(i % 3),
              i % 4,
              i % 7,
              100 + i % 50,
              10 + i));
    }
    return Files.writeString(file, lines.toString());
  }
}
