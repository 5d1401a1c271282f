package io.gtrace.governance.advice;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** A real ledger of a few lines, and its work ready to be replayed. */
record LedgerFixture(Path folder, RateCard card, Draws draws) {
  static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();

  /** Chats in Virginia at all hours of two days of March, and some pictures in Frankfurt. */
  static String mixedUsage() {
    StringBuilder lines = new StringBuilder();
    for (int hour = 0; hour < 48; hour++) {
      String when = String.format("2024-03-%02dT%02d:15:00Z", 4 + hour / 24, hour % 24);
      lines.append(
          String.format(
              "{\"when\":\"%s\",\"model\":\"gpt-4o\",\"region\":\"aws/us-east-1\",\"team\":\"chat\","
                  + "\"requests\":%d,\"input_tokens\":%d,\"output_tokens\":%d}%n",
              when, 1_000 + 100 * (hour % 24), 1_200_000, 400_000));
      lines.append(
          String.format(
              "{\"when\":\"%s\",\"model\":\"llama-3.1-70b\",\"region\":\"US-CISO\",\"team\":\"jobs\","
                  + "\"requests\":500,\"input_tokens\":900000,\"output_tokens\":200000}%n",
              when));
      lines.append(
          String.format(
              "{\"when\":\"%s\",\"model\":\"flux.1-dev\",\"region\":\"aws/eu-central-1\","
                  + "\"team\":\"art\",\"activity\":\"image\",\"count\":20}%n",
              when));
    }
    return lines.toString();
  }

  static LedgerFixture of(Path folder, String usage) throws IOException {
    return of(folder, usage, CATALOGUE);
  }

  static LedgerFixture of(Path folder, String usage, FactorCatalogue catalogue) throws IOException {
    Draws draws = Draws.standard(catalogue.correlations());
    RateCard card = new RateCard(catalogue, draws, Fallback.ALLOW);
    Path file = Files.writeString(folder.resolve("usage.jsonl"), usage);
    Path ledger = folder.resolve("ledger");
    LedgerIngest.Result result =
        new LedgerIngest(
                card,
                InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z")),
                Reading.SILENT,
                "test")
            .ingest(
                Ledger.openOrCreate(ledger),
                Duration.ZERO,
                List.of(file),
                UsageDefaults.NONE,
                folder.resolve("quarantine.jsonl"));
    if (Files.exists(folder.resolve("quarantine.jsonl"))) {
      throw new IllegalStateException(
          result + " " + Files.readString(folder.resolve("quarantine.jsonl")));
    }
    return new LedgerFixture(ledger, card, draws);
  }

  <T> T asked(Function<LedgerQuery, T> question) {
    try (LedgerQuery query = LedgerQuery.open(Ledger.open(folder).snapshot(), Pricing.CURRENT)) {
      return question.apply(query);
    }
  }

  Replay replay(Organisation organisation) {
    return asked(query -> Replay.of(query, Period.ALL, card, draws, organisation));
  }

  QueryLine total() {
    return asked(query -> query.total(Period.ALL));
  }
}
