package io.gtrace.governance.facts;

import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import java.time.Instant;

/** The period that is meant where none is named. */
public final class WholePeriod {
  private WholePeriod() {}

  /**
   * The last quarter that a ledger has whole; of one that begins later, the quarter that it ends
   * in.
   *
   * @throws IllegalArgumentException if nothing in it has a time
   */
  public static ReportingPeriod lastOf(Ledger.Snapshot snapshot) {
    try (LedgerQuery query = LedgerQuery.open(snapshot, Pricing.CURRENT)) {
      Period spanned = query.period();
      Instant end =
          spanned
              .to()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "nothing in the ledger has a time; name the period with --period"));
      ReportingPeriod whole = ReportingPeriod.lastQuarterBefore(end);
      boolean isThere = spanned.from().filter(whole.to()::isAfter).isPresent();
      return isThere ? whole : new ReportingPeriod(whole.first().plusMonths(3), 3);
    }
  }
}
