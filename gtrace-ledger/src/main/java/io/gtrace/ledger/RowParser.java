package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.factor.FactorCatalogue;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Reads rows that a program has in memory, by the names of their columns, as files are read. */
public final class RowParser {
  private final ActivityParser parser;

  /**
   * @param clock rows later than it tell no activity
   */
  public RowParser(FactorCatalogue catalogue, InstantSource clock) {
    parser = new ActivityParser(catalogue, clock);
  }

  /** What a row tells; empty where a file with such a row would have it refused. */
  public Optional<Activity> parse(Map<UsageColumn, String> values) {
    RowValues texts = new RowValues();
    values.forEach(texts::put);
    try {
      return Optional.of(parser.parse(texts.row(0, Map.of())));
    } catch (RefusedRowException refused) {
      return Optional.empty();
    }
  }
}
