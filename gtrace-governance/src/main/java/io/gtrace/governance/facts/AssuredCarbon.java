package io.gtrace.governance.facts;

/** Carbon of the period that statements of third parties cover. */
public final class AssuredCarbon {
  private AssuredCarbon() {}

  /**
   * Location-based kgCO2e under limited or reasonable assurance, no more than the ledger has.
   *
   * @throws UnknownFactException if there are no statements
   */
  public static double kg(Facts facts) {
    double assured =
        facts.rows("assurance").stream()
            .filter(row -> !row.text("level").equals("none"))
            .mapToDouble(row -> facts.inPeriod(row, "carbon_kg"))
            .sum();
    return Math.min(assured, facts.ledger().carbonKg());
  }
}
