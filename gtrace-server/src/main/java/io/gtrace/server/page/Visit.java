package io.gtrace.server.page;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.access.Caller;
import io.gtrace.server.organisation.LedgerAnswers;
import io.gtrace.server.organisation.Organisation;
import java.time.Instant;
import java.util.Map;

/**
 * Somebody looks at a page.
 *
 * @param caller who
 * @param organisation whose figures they see
 * @param ledger what it says
 * @param fields what they filled in
 * @param origin of this server as they reach it, as in {@code http://localhost:8080}
 * @param now when
 * @param intake how what comes reaches the ledger
 */
record Visit(
    Caller caller,
    Organisation organisation,
    LedgerAnswers ledger,
    Fields fields,
    String origin,
    Instant now,
    Intake intake) {
  RateCard card() {
    return organisation.card();
  }

  /** What of the ledger they may see. */
  Map<GroupBy, String> only() {
    return caller.team().map(team -> Map.of(GroupBy.TEAM, team)).orElse(Map.of());
  }

  /** Where the ledger is, for commands; a placeholder for those whom that is no business of. */
  String shownFolder() {
    return caller.seesOperation() ? organisation.ledger().folder().toString() : "DIR";
  }

  /** Whether they see all of the organisation. */
  boolean seesAll() {
    return caller.team().isEmpty();
  }
}
