package io.gtrace.app;

import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import java.time.Instant;

/** The period that is meant where none is named. */
final class WholePeriod {
  private WholePeriod() {}

  /**
   * The last quarter that a ledger has whole.
   *
   * @throws IllegalArgumentException if nothing in it has a time
   */
  static ReportingPeriod lastOf(Ledger.Snapshot snapshot) {
    try (LedgerQuery query = LedgerQuery.open(snapshot, Pricing.CURRENT)) {
      Instant end =
          query
              .period()
              .to()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "nothing in the ledger has a time; name the period with --period"));
      return ReportingPeriod.lastQuarterBefore(end);
    }
  }
}
