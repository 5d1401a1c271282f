package io.gtrace.governance.facts;

import io.gtrace.governance.evidence.Grade;

/** Carbon of the period that statements of third parties cover. */
public final class AssuredCarbon {
  private AssuredCarbon() {}

  /**
   * Location-based kgCO2e under limited or reasonable assurance, no more than the ledger has.
   *
   * @throws UnknownFactException if there are no statements
   */
  public static double kg(Facts facts) {
    return kg(facts, Grade.E0);
  }

  /**
   * The same of statements that are worth so much.
   *
   * @throws UnknownFactException if there are no statements
   */
  public static double kg(Facts facts, Grade least) {
    double assured =
        facts.rows("assurance").stream()
            .filter(row -> !row.text("level").equals("none"))
            .filter(row -> row.grade().isAtLeast(least))
            .mapToDouble(row -> facts.inPeriod(row, "carbon_kg"))
            .sum();
    return Math.min(assured, facts.ledger().carbonKg());
  }
}
