package io.gtrace.governance.disclosure;

import static io.gtrace.governance.disclosure.Figure.accounts;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import java.util.List;
import java.util.Set;

/** Figures of everything that the ledger has of the period. */
final class LedgerFigures {
  static final Set<Account> LOCATION = accounts(Account.LOCATION_BASED);
  static final Set<Account> EMBODIED = accounts(Account.EMBODIED);
  static final Set<Account> TOTAL = accounts(Account.LOCATION_BASED, Account.EMBODIED);

  private LedgerFigures() {}

  static Answers energy(FigureBasis basis) {
    return impact(basis, Impact.ENERGY_KWH, Set.of());
  }

  static Answers locationBased(FigureBasis basis) {
    return impact(basis, Impact.OPERATIONAL_LOCATION_BASED_KG, LOCATION);
  }

  static Answers marketBased(FigureBasis basis) {
    return impact(basis, Impact.OPERATIONAL_MARKET_BASED_KG, accounts(Account.MARKET_BASED));
  }

  static Answers embodied(FigureBasis basis) {
    return impact(basis, Impact.EMBODIED_KG, EMBODIED);
  }

  static Answers carbon(FigureBasis basis) {
    return impact(basis, Impact.CARBON_KG, TOTAL);
  }

  static Answers water(FigureBasis basis) {
    return impact(basis, Impact.WATER_L, Set.of());
  }

  static Answers waterOnSite(FigureBasis basis) {
    return impact(basis, Impact.WATER_ON_SITE_L, Set.of());
  }

  private static Answers impact(FigureBasis basis, Impact impact, Set<Account> accounts) {
    Footprint total = basis.facts().ledger().total();
    return Answers.of(basis.impact("", total, impact, RollupSql.ALL, accounts));
  }

  /** Half the 90 % interval of the total over the total. */
  static Answers uncertainty(FigureBasis basis) {
    Estimate carbon = DrawnAmount.of(basis.facts().ledger().total(), Impact.CARBON_KG).estimate();
    return Answers.of(
        new Figure(
            "",
            Estimate.exact((carbon.high() - carbon.low()) / (2 * carbon.value())),
            UnitOfMeasure.parse("1"),
            Set.of(),
            basis.contributed(
                "half the 90 % interval of 512 joint draws of the factors over the total, which the"
                    + " query gives",
                basis.select(RollupSql.sum(Impact.CARBON_KG), RollupSql.ALL), List.of())));
  }
}
