package io.gtrace.server.page;

import io.gtrace.governance.advice.Organisation;
import io.gtrace.governance.advice.Plan;
import io.gtrace.governance.advice.Replay;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.report.AdvicePage;
import io.gtrace.uncertainty.Draws;
import java.util.List;

/** What would have cost less: the work of a ledger replayed under every action. */
final class Advice {
  private static final String SUMMARY =
      "The work of the ledger, replayed under actions: what each avoids after those before it.";

  private final NewestOnly<EmbeddedView> newest = new NewestOnly<>();

  View of(Visit visit) {
    if (!visit.seesAll()) {
      return EmbeddedView.without(
          Room.ADVICE, SUMMARY, "Only those who see the whole organisation see its plan.", "");
    }
    EmbeddedView plan = newest.of(visit.organisation(), () -> made(visit));
    return plan.withCommand("gtrace advise --ledger " + visit.shownFolder() + " --out plan.html");
  }

  private static EmbeddedView made(Visit visit) {
    try (LedgerQuery query =
        LedgerQuery.open(visit.organisation().ledger().snapshot(), Pricing.CURRENT)) {
      if (query.total(Period.ALL).activities() == 0) {
        return EmbeddedView.without(
            Room.ADVICE, SUMMARY, "The ledger is empty: there is nothing to plan for.", "");
      }
      Draws draws = Draws.standard(visit.card().catalogue().correlations());
      Organisation silent = Organisation.silent();
      Plan plan =
          Plan.of(
              Replay.of(query, Period.ALL, visit.card(), draws, silent),
              List.of(),
              Plan.Order.CARBON);
      String html = AdvicePage.html("Plan", plan, silent.prices().currency(), visit.now());
      return new EmbeddedView(Room.ADVICE, SUMMARY, "", "", FinishedPage.of(html), "advice.js");
    }
  }
}
