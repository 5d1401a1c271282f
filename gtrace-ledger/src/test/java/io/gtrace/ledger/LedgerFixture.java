package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.Verification;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A ledger in a folder, as tests fill it and look at it. */
record LedgerFixture(Path folder) {
  static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  static final RateCard CARD =
      new RateCard(CATALOGUE, Draws.standard(CATALOGUE.correlations()), Fallback.ALLOW);
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  static final InstantSource NOW = InstantSource.fixed(NOON);
  static final long LARGE = 1_000_000;

  static LedgerIngest ingest(long eventsOfABatch) {
    return new LedgerIngest(CARD, NOW, Reading.SILENT, "test", eventsOfABatch);
  }

  LedgerIngest.Result read(Path... files) {
    return read(LARGE, files);
  }

  LedgerIngest.Result read(long eventsOfABatch, Path... files) {
    return ingest(eventsOfABatch)
        .ingest(
            Ledger.openOrCreate(folder),
            Duration.ZERO,
            List.of(files),
            UsageDefaults.NONE,
            folder.resolveSibling(folder.getFileName() + "-quarantine.jsonl"));
  }

  Ledger ledger() {
    return Ledger.open(folder);
  }

  long events() {
    return ledger().snapshot().events();
  }

  Verification.Result verified() {
    return verified("");
  }

  Verification.Result verified(String head) {
    return Verification.of(ledger(), head, (files, of) -> {});
  }

  void requireIntact() {
    assertThat(verified().findings()).as(folder.toString()).isEmpty();
  }

  QueryLine total() {
    try (LedgerQuery query = LedgerQuery.open(ledger().snapshot(), RollupFiles.Pricing.CURRENT)) {
      return query.total(Period.ALL);
    }
  }

  /** The rows that a query answers with, values as text. */
  List<List<String>> rows(String sql) {
    try (LedgerQuery query = LedgerQuery.open(ledger().snapshot(), RollupFiles.Pricing.CURRENT)) {
      return rows(query, sql);
    }
  }

  static List<List<String>> rows(LedgerQuery query, String sql) {
    List<List<String>> answer = new ArrayList<>();
    query.sql(
        sql,
        new LedgerQuery.Rows() {
          @Override
          public void columns(List<String> names) {}

          @Override
          public boolean row(List<Optional<Object>> values) {
            answer.add(
                values.stream().map(each -> each.map(Object::toString).orElse("NULL")).toList());
            return true;
          }
        });
    return answer;
  }

  /** Files in the folder, by path from it. */
  Set<String> files() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Nothing is there but what is sealed or follows from it, and what every ledger has. */
  void requireNothingUnsealed() {
    Ledger.Snapshot snapshot = ledger().snapshot();
    Set<String> expected = new TreeSet<>(Set.of("HEAD", "ledger.json", "lock", "user.key"));
    expected.addAll(snapshot.live().keySet());
    snapshot.seals().forEach(seal -> expected.add(String.format("seals/%06d.json", seal.number())));
    Set<String> there = files();
    there.removeIf(file -> file.startsWith("cache/"));
    there.removeAll(snapshot.retired());
    assertThat(there).isEqualTo(expected);
  }

  LedgerFixture copyTo(Path target) throws IOException {
    for (String file : files()) {
      Path copy = target.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(folder.resolve(file), copy);
    }
    return new LedgerFixture(target);
  }

  /** Calls of several models, places and days; every third without request id. */
  static String calls(int from, int to) {
    StringBuilder lines = new StringBuilder();
    List<String> models = List.of("gpt-4o", "gpt-4o-mini", "claude-sonnet-4-20250514");
    List<String> regions = List.of("eu-west-3", "azure/eastus", "US-CA");
    for (int i = from; i < to; i++) {
      String id = i % 3 == 0 ? "" : "\"request_id\":\"r" + i + "\",";
      lines.append(
          String.format(
              "{%s\"when\":\"2026-03-%02dT%02d:30:00Z\",\"model\":\"%s\",\"region\":\"%s\","
                  + "\"team\":\"t%d\",\"user\":\"u%d\",\"input_tokens\":%d,\"output_tokens\":%d}%n",
              id,
              1 + i % 2,
              i % 24,
              models.get(i % 3),
              regions.get(i % 3),
              i % 4,
              i % 7,
              100 + i,
              10 + i));
    }
    return lines.toString();
  }
}
