package io.gtrace.governance.disclosure;

import static io.gtrace.governance.disclosure.Figure.accounts;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.facts.Assignments;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.HourlyMatching;
import io.gtrace.governance.facts.LedgerFacts.Use;
import io.gtrace.governance.facts.UnknownFactException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Carbon by scope and category of the GHG Protocol: uses of the ledger as the register books them,
 * and what the inventory has beside them. The hardware of what is booked under scope 1 or 2 is the
 * organisation's own: its making goes to category 2, as its hours wear it out.
 */
final class ScopeFigures {
  private static final String INVENTORY = "inventory";
  private static final String REGISTER = "register";
  private static final String SCOPE = "scope";
  private static final String CATEGORY = "category";
  private static final String SCOPE_2 = "scope-2";
  private static final String SCOPE_3 = "scope-3";
  private static final String CAPITAL_GOODS = "cat-2";
  private static final String KG = "kgCO2e";

  private ScopeFigures() {}

  /**
   * Uses of which one impact counts, and rows of the inventory beside them.
   *
   * @param others amounts of the inventory in the period, in the unit of the impact
   */
  private record Share(List<Use> uses, Impact impact, List<EvidenceRow> rows, double others) {

    boolean isNothing() {
      return uses.isEmpty() && rows.isEmpty();
    }

    Optional<DrawnAmount> drawn() {
      return uses.stream()
          .map(use -> FigureBasis.known(use.footprint(), impact))
          .reduce(DrawnAmount::plus);
    }

    /** As an expression over sums of the roll-up. */
    String sql() {
      String ofUses = uses.isEmpty() ? "0" : RollupSql.sumWhere(impact, RollupSql.isOneOf(uses));
      return others == 0 ? ofUses : ofUses + " + " + RollupSql.number(others);
    }
  }

  private static List<EvidenceRow> inventory(Facts facts, Predicate<EvidenceRow> which) {
    return facts.has(INVENTORY)
        ? facts.rows(INVENTORY).stream().filter(row -> facts.share(row) > 0).filter(which).toList()
        : List.of();
  }

  private static Share share(
      Facts facts,
      List<Use> uses,
      Impact impact,
      List<EvidenceRow> rows,
      ToDoubleFunction<EvidenceRow> amount) {
    double others =
        rows.stream().mapToDouble(row -> amount.applyAsDouble(row) * facts.share(row)).sum();
    return new Share(uses, impact, rows, others);
  }

  private static Predicate<EvidenceRow> is(String column, String value) {
    return row -> row.text(column).equals(value);
  }

  private static List<Use> uses(Facts facts, Predicate<EvidenceRow> to) {
    return Assignments.of(facts).assigned(to);
  }

  private static Figure sum(
      FigureBasis basis, String unit, Set<Account> accounts, String formula, List<Share> shares) {
    double others = shares.stream().mapToDouble(Share::others).sum();
    Estimate estimate =
        shares.stream()
            .map(Share::drawn)
            .flatMap(Optional::stream)
            .reduce(DrawnAmount::plus)
            .map(drawn -> drawn.plus(drawn.exactly(others)).estimate())
            .orElse(Estimate.exact(others));
    return new Figure(
        "", estimate, UnitOfMeasure.parse(unit), accounts, trace(basis, formula, shares));
  }

  private static FigureTrace trace(FigureBasis basis, String formula, List<Share> shares) {
    Stream<EvidenceRow> inventory = shares.stream().flatMap(each -> each.rows().stream());
    if (shares.stream().allMatch(each -> each.uses().isEmpty())) {
      return basis.handedIn(formula, inventory.toList());
    }
    List<EvidenceRow> evidence =
        Stream.concat(basis.facts().rows(REGISTER).stream(), inventory).toList();
    String expression = String.join(" + ", shares.stream().map(Share::sql).toList());
    return basis.asked(formula, basis.select(expression, RollupSql.ALL), evidence);
  }

  private static UnknownFactException unbooked(String what) {
    return new UnknownFactException(
        "nothing is booked under "
            + what
            + " in register.csv or inventory.csv (enter 0 if there is none)");
  }

  private static Share scope1(Facts facts) {
    Share share =
        share(
            facts,
            uses(facts, is(SCOPE, "scope-1")),
            Impact.OPERATIONAL_LOCATION_BASED_KG,
            inventory(facts, is(SCOPE, "scope-1")),
            row -> row.number("carbon_kg"));
    if (share.isNothing()) {
      throw unbooked("scope 1");
    }
    return share;
  }

  static Answers ofScope1(FigureBasis basis) {
    return Answers.of(
        sum(
            basis,
            KG,
            accounts(Account.OTHER),
            "own fuels and what the register books under scope 1",
            List.of(scope1(basis.facts()))));
  }

  private static Share scope2(Facts facts, Impact impact, String column) {
    List<EvidenceRow> rows = inventory(facts, is(SCOPE, SCOPE_2));
    for (EvidenceRow row : rows) {
      if (row.optionalNumber(column).isEmpty()) {
        throw new UnknownFactException(row.place() + ": " + column + " is missing");
      }
    }
    Share share =
        share(facts, uses(facts, is(SCOPE, SCOPE_2)), impact, rows, row -> row.number(column));
    if (share.isNothing()) {
      throw unbooked(SCOPE_2.replace('-', ' '));
    }
    return share;
  }

  private static Share scope2Location(Facts facts) {
    return scope2(facts, Impact.OPERATIONAL_LOCATION_BASED_KG, "carbon_kg");
  }

  private static Share scope2Market(Facts facts) {
    return scope2(facts, Impact.OPERATIONAL_MARKET_BASED_KG, "market_based_kg");
  }

  static Answers locationBased(FigureBasis basis) {
    return Answers.of(
        sum(
            basis,
            KG,
            LedgerFigures.LOCATION,
            "electricity of what the register books under scope 2, at the average of its grid",
            List.of(scope2Location(basis.facts()))));
  }

  static Answers marketBased(FigureBasis basis) {
    return Answers.of(
        sum(
            basis,
            KG,
            accounts(Account.MARKET_BASED),
            "the same electricity by the contracts of its buyer",
            List.of(scope2Market(basis.facts()))));
  }

  /** Electricity under scope 2 that has a location-based factor, which all has. */
  static Answers energy(FigureBasis basis) {
    return Answers.of(
        sum(
            basis,
            "kWh",
            Set.of(),
            "electricity of what the register books under scope 2",
            List.of(scope2(basis.facts(), Impact.ENERGY_KWH, "energy_kwh"))));
  }

  /** Electricity under scope 2 that has a market-based factor. */
  static Answers energyWithMarketFactor(FigureBasis basis) {
    Share all = scope2(basis.facts(), Impact.ENERGY_KWH, "energy_kwh");
    List<Use> with =
        all.uses().stream()
            .filter(
                use -> !Double.isNaN(use.footprint().median(Impact.OPERATIONAL_MARKET_BASED_KG)))
            .toList();
    return Answers.of(
        sum(
            basis,
            "kWh",
            Set.of(),
            "electricity under scope 2 for which there is a market-based factor",
            List.of(new Share(with, all.impact(), all.rows(), all.others()))));
  }

  /** What is booked under a category; of capital goods also the making of own hardware. */
  private static List<Share> category(Facts facts, String category) {
    List<EvidenceRow> rows = inventory(facts, is(SCOPE, SCOPE_3).and(is(CATEGORY, category)));
    List<Share> shares = new ArrayList<>();
    shares.add(
        share(
            facts,
            uses(facts, is(SCOPE, SCOPE_3).and(is(CATEGORY, category))),
            Impact.CARBON_KG,
            rows,
            row -> row.number("carbon_kg")));
    if (category.equals(CAPITAL_GOODS)) {
      List<Use> own = uses(facts, is(SCOPE, SCOPE_3).negate());
      shares.add(new Share(own, Impact.EMBODIED_KG, List.of(), 0));
    }
    shares.removeIf(Share::isNothing);
    return shares;
  }

  static Answers ofCategory(FigureBasis basis, String category) {
    List<Share> shares = category(basis.facts(), category);
    if (shares.isEmpty()) {
      throw unbooked("scope 3, " + category.replace("cat-", "category "));
    }
    return Answers.of(
        sum(
            basis,
            KG,
            LedgerFigures.TOTAL,
            "what the register and the inventory book under "
                + category.replace("cat-", "category "),
            shares));
  }

  /** All categories that anything is booked under. */
  private static List<Share> scope3(Facts facts) {
    Stream<EvidenceRow> booked =
        Stream.concat(facts.rows(REGISTER).stream(), inventory(facts, row -> true).stream())
            .filter(is(SCOPE, SCOPE_3));
    List<Share> shares =
        Stream.concat(Stream.of(CAPITAL_GOODS), booked.map(row -> row.text(CATEGORY)))
            .distinct()
            .flatMap(each -> category(facts, each).stream())
            .toList();
    if (shares.isEmpty()) {
      throw unbooked("scope 3");
    }
    return shares;
  }

  static Answers ofScope3(FigureBasis basis) {
    return Answers.of(
        sum(
            basis,
            KG,
            LedgerFigures.TOTAL,
            "all categories that anything is booked under",
            scope3(basis.facts())));
  }

  static Answers totalLocationBased(FigureBasis basis) {
    Set<Account> accounts = EnumSet.copyOf(LedgerFigures.TOTAL);
    accounts.add(Account.OTHER);
    return total(basis, accounts, "location-based", scope2Location(basis.facts()));
  }

  static Answers totalMarketBased(FigureBasis basis) {
    // Purchased services stay at the average of their grids: only own electricity has contracts.
    return total(
        basis,
        accounts(Account.MARKET_BASED, Account.EMBODIED, Account.OTHER),
        "market-based",
        scope2Market(basis.facts()));
  }

  private static Answers total(
      FigureBasis basis, Set<Account> accounts, String method, Share scope2) {
    List<Share> shares = new ArrayList<>(scope3(basis.facts()));
    shares.add(scope1(basis.facts()));
    shares.add(scope2);
    return Answers.of(sum(basis, KG, accounts, "scopes 1 and 3, and scope 2 " + method, shares));
  }

  /** Totals over the net revenue that the profile states. */
  static Answers perRevenue(FigureBasis basis, Answers total) {
    OptionalDouble revenue =
        Optional.ofNullable(basis.facts().profile().disclosure().get("esrs-e1"))
            .map(stated -> stated.get("net-revenue"))
            .map(ScopeFigures::number)
            .orElse(OptionalDouble.empty());
    if (revenue.isEmpty() || !(revenue.getAsDouble() > 0)) {
      throw new UnknownFactException(
          "the profile states no disclosure: esrs-e1: net-revenue (EUR)");
    }
    Figure all = ((Answer.Computed) total.found().get(0)).figure();
    double perEuro = 1 / revenue.getAsDouble();
    return Answers.of(
        new Figure(
            "",
            all.value().times(perEuro),
            UnitOfMeasure.parse("kgCO2e per EUR"),
            all.accounts(),
            all.trace().times(perEuro)));
  }

  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException words) {
      return OptionalDouble.empty();
    }
  }

  /** Carbon of the period that the register assigns exactly once. */
  static Answers assigned(FigureBasis basis) {
    Facts facts = basis.facts();
    List<Use> uses = uses(facts, row -> true);
    DrawnAmount all = DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG);
    Share share = new Share(uses, Impact.CARBON_KG, List.of(), 0);
    Estimate estimate =
        share.drawn().map(drawn -> drawn.over(all).estimate()).orElse(Estimate.exact(0));
    return Answers.of(
        new Figure(
            "",
            estimate,
            UnitOfMeasure.parse("1"),
            Set.of(),
            basis.asked(
                "carbon with exactly one persona, scope and category over all",
                basis.select(
                    "(" + share.sql() + ") / " + RollupSql.sum(Impact.CARBON_KG), RollupSql.ALL),
                facts.rows(REGISTER))));
  }

  /** Carbon of all load that no clean supply of its zone and hour matches. */
  static Answers unmatched(FigureBasis basis) {
    HourlyMatching matching = HourlyMatching.of(basis.facts());
    return matched(
        basis,
        KG,
        matching.unmatchedGridKg(),
        "of all load, what no supply of its zone and hour matches, at the average of its grid (no"
            + " residual mix is at hand)");
  }

  static Answers hourlyShare(FigureBasis basis) {
    HourlyMatching matching = HourlyMatching.of(basis.facts());
    return matched(
        basis,
        "1",
        matching.matchedKwh() / matching.loadKwh(),
        "load that clean supply of its zone matches in its hour, over all load");
  }

  static Answers annualShare(FigureBasis basis) {
    double supply =
        basis.facts().rowsOfPeriod("instruments").stream()
            .mapToDouble(row -> basis.facts().inPeriod(row, "energy_kwh"))
            .sum();
    return matched(
        basis,
        "1",
        Math.min(1, supply / basis.facts().ledger().energyKwh()),
        "clean supply of the period over all load, whatever the zone and the hour");
  }

  private static Answers matched(FigureBasis basis, String unit, double value, String formula) {
    return Answers.of(
        new Figure(
            "",
            Estimate.exact(value),
            UnitOfMeasure.parse(unit),
            unit.equals(KG) ? accounts(Account.HOURLY_MATCHED) : Set.of(),
            basis.contributed(
                formula,
                RollupSql.select(
                    basis.facts().period(),
                    "hour, site, sum(energy_kwh), sum(operational_location_based_kg)",
                    "true GROUP BY ALL"),
                basis.facts().rowsOfPeriod("instruments"))));
  }
}
