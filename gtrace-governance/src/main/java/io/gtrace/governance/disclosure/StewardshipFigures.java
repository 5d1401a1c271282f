package io.gtrace.governance.disclosure;

import static io.gtrace.governance.disclosure.Figure.accounts;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.facts.AssuredCarbon;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.TargetPath;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.governance.profile.Profile;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Targets, energy mix, credits and assurance. */
final class StewardshipFigures {
  private static final int NEXT_TARGET_YEAR = 2030;
  private static final String KG = "kgCO2e";

  private StewardshipFigures() {}

  private static Profile.Target target(FigureBasis basis) {
    return TargetPath.of(basis.facts()).target();
  }

  /** The location-based base as the profile states it, or the ledger has it. */
  static Answers base(FigureBasis basis) {
    return path(basis, TargetPath.of(basis.facts()), 1 / basis.facts().period().years());
  }

  /** What the target leaves of a year's base in 2030. */
  static Answers target2030(FigureBasis basis) {
    Profile.Target target = target(basis);
    int years = Math.max(0, NEXT_TARGET_YEAR - target.baseYear());
    return path(
        basis,
        TargetPath.of(basis.facts()),
        TargetPath.leftAfter(target, years) / basis.facts().period().years());
  }

  /** What the target leaves in the period. */
  static Answers allowed(FigureBasis basis) {
    TargetPath path = TargetPath.of(basis.facts());
    return path(basis, path, path.left());
  }

  private static Answers path(FigureBasis basis, TargetPath path, double times) {
    return Answers.of(
        new Figure(
            "",
            path.base().times(times).estimate(),
            UnitOfMeasure.parse(KG),
            LedgerFigures.TOTAL,
            basis.asked(
                "base year "
                    + path.target().baseYear()
                    + ", "
                    + 100 * path.target().yearlyReduction()
                    + " % of it off each year",
                "SELECT " + RollupSql.number(times) + " * (" + base(basis, path) + ")")));
  }

  private static String base(FigureBasis basis, TargetPath path) {
    if (path.target().baseCarbonKg().isPresent()) {
      return "SELECT " + RollupSql.number(path.base().median());
    }
    Facts facts = basis.facts();
    int years = facts.period().first().getYear() - path.target().baseYear();
    return RollupSql.select(
        facts.period().yearsBack(years), RollupSql.sum(Impact.CARBON_KG), RollupSql.ALL);
  }

  /** Carbon of the period over what the target leaves. */
  static Answers ratioToPath(FigureBasis basis) {
    TargetPath path = TargetPath.of(basis.facts());
    DrawnAmount now = DrawnAmount.of(basis.facts().ledger().total(), Impact.CARBON_KG);
    return Answers.of(
        new Figure(
            "",
            now.over(path.allowed()).estimate(),
            UnitOfMeasure.parse("1"),
            Set.of(),
            basis.asked(
                "location-based carbon of the period over what the target leaves",
                "SELECT ("
                    + basis.select(RollupSql.sum(Impact.CARBON_KG), RollupSql.ALL)
                    + ") / ("
                    + RollupSql.number(path.left())
                    + " * ("
                    + base(basis, path)
                    + "))")));
  }

  static Answers credits(FigureBasis basis) {
    return credits(basis, row -> true, "credits and removals retired in the period");
  }

  static Answers nettedCredits(FigureBasis basis) {
    return credits(
        basis,
        row -> !row.text("netted_into").equals("none"),
        "of these, taken off a figure, which no standard here allows");
  }

  private static Answers credits(FigureBasis basis, Predicate<EvidenceRow> which, String formula) {
    List<EvidenceRow> rows =
        basis.facts().rows("credits").stream()
            .filter(row -> row.day("retired_on").filter(basis.facts().period()::holds).isPresent())
            .filter(which)
            .toList();
    return Answers.of(
        new Figure(
            "",
            Estimate.exact(rows.stream().mapToDouble(row -> row.number("carbon_kg")).sum()),
            UnitOfMeasure.parse(KG),
            accounts(Account.CREDITS),
            basis.handedIn(formula, basis.facts().rows("credits"))));
  }

  static Answers assured(FigureBasis basis) {
    Facts facts = basis.facts();
    double kg = AssuredCarbon.kg(facts);
    return Answers.of(
        new Figure(
            "",
            Estimate.exact(kg / facts.ledger().carbonKg()),
            UnitOfMeasure.parse("1"),
            Set.of(),
            basis.asked(
                "carbon under limited or reasonable assurance over all",
                basis.select(
                    RollupSql.number(kg) + " / " + RollupSql.sum(Impact.CARBON_KG), RollupSql.ALL),
                facts.rows("assurance"))));
  }

  static Answers renewable(FigureBasis basis) {
    return supply(basis, row -> !row.text("technology").equals("nuclear"), "renewable");
  }

  static Answers nuclear(FigureBasis basis) {
    return supply(basis, row -> row.text("technology").equals("nuclear"), "nuclear");
  }

  /** Own electricity that no instrument covers. */
  static Answers fossil(FigureBasis basis) {
    Figure all = ((Answer.Computed) ScopeFigures.energy(basis).found().get(0)).figure();
    double covered = supplyKwh(basis.facts(), row -> true);
    if (covered > all.value().value()) {
      throw new UnknownFactException(
          "instruments.csv covers more energy than the electricity under scope 2");
    }
    Estimate rest =
        new Estimate(
                all.value().value() - covered,
                all.value().low() - covered,
                all.value().high() - covered)
            .orNothing();
    return Answers.of(
        new Figure(
            "",
            rest,
            UnitOfMeasure.parse("kWh"),
            Set.of(),
            basis.asked(
                "electricity under scope 2 less what instruments cover",
                "SELECT (" + all.trace().sql().orElseThrow() + ") - " + RollupSql.number(covered),
                basis.facts().rows("instruments"))));
  }

  private static double supplyKwh(Facts facts, Predicate<EvidenceRow> which) {
    List<EvidenceRow> rows = facts.rowsOfPeriod("instruments");
    for (EvidenceRow row : rows) {
      if (row.text("technology").isEmpty()) {
        throw new UnknownFactException(row.place() + ": technology is missing");
      }
    }
    return rows.stream().filter(which).mapToDouble(row -> facts.inPeriod(row, "energy_kwh")).sum();
  }

  private static Answers supply(FigureBasis basis, Predicate<EvidenceRow> which, String kind) {
    return Answers.of(
        new Figure(
            "",
            Estimate.exact(supplyKwh(basis.facts(), which)),
            UnitOfMeasure.parse("kWh"),
            Set.of(),
            basis.handedIn(
                kind + " electricity by contract", basis.facts().rowsOfPeriod("instruments"))));
  }

  /** Idle energy that is booked to services, over all that was measured. */
  static Answers provisioned(FigureBasis basis) {
    Facts facts = basis.facts();
    List<EvidenceRow> rows = facts.rowsOfPeriod("idle");
    double booked = rows.stream().mapToDouble(row -> facts.inPeriod(row, "attributed_kwh")).sum();
    double all = rows.stream().mapToDouble(row -> facts.inPeriod(row, "idle_kwh")).sum();
    return Answers.of(
        new Figure(
            "",
            Estimate.exact(all > 0 ? booked / all : 1),
            UnitOfMeasure.parse("1"),
            Set.of(),
            basis.handedIn("idle energy that is booked to services over all", rows)));
  }

  static Answers excluded(FigureBasis basis) {
    Facts facts = basis.facts();
    List<EvidenceRow> rows = facts.rowsOfPeriod("exclusions");
    double kg = rows.stream().mapToDouble(row -> facts.inPeriod(row, "carbon_kg")).sum();
    DrawnAmount all = DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG);
    DrawnAmount out = all.exactly(kg);
    String sum = basis.select(RollupSql.sum(Impact.CARBON_KG), RollupSql.ALL);
    return Answers.of(
        new Figure(
            "",
            out.over(all.plus(out)).estimate(),
            UnitOfMeasure.parse("1"),
            Set.of(),
            basis.asked(
                "stages that are left out over the ledger's total and them together",
                "SELECT "
                    + RollupSql.number(kg)
                    + " / ("
                    + RollupSql.number(kg)
                    + " + ("
                    + sum
                    + "))",
                rows)));
  }
}
