package io.gtrace.governance.facts;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.profile.Profile;
import java.time.YearMonth;
import java.util.Comparator;

/**
 * What an organisation may still emit in a period by its own target: its base, less an equal part
 * for every year since.
 *
 * @param base of a period as long as the one asked for, location-based
 * @param left share of the base that is left, 0 to 1
 */
public record TargetPath(Profile.Target target, DrawnAmount base, double left) {
  /**
   * @throws UnknownFactException if there is no target, or nothing is known of its base year
   */
  public static TargetPath of(Facts facts) {
    Profile.Target target =
        facts
            .profile()
            .target()
            .orElseThrow(() ->
                new UnknownFactException(
                    "add a target to the profile, as target: {base_year: 2024}"));
    int years = facts.period().first().getYear() - target.baseYear();
    if (years < 0) {
      throw new UnknownFactException("the base year lies after " + facts.period());
    }
    DrawnAmount now = DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG);
    DrawnAmount base =
        target.baseCarbonKg().isPresent()
            ? now.exactly(target.baseCarbonKg().getAsDouble() * facts.period().years())
            : DrawnAmount.of(
                facts.ledger().total(facts.period().yearsBack(years)), Impact.CARBON_KG);
    return new TargetPath(target, base, leftAfter(target, years));
  }

  /** Share of the base that a target leaves after so many years. */
  public static double leftAfter(Profile.Target target, int years) {
    return Math.max(0, 1 - target.yearlyReduction() * years);
  }

  /**
   * What a base that the profile states is worth: a claim, unless the ledger or a statement of a
   * third party has the same for the whole base year.
   *
   * @param agreement how far it may lie from what shows it, a share of it
   */
  public Grade statedGrade(Facts facts, double agreement) {
    double statedKg = target.baseCarbonKg().orElseThrow();
    ReportingPeriod year = new ReportingPeriod(YearMonth.of(target.baseYear(), 1), 12);
    Grade assured =
        facts.has("assurance")
            ? facts.rows("assurance").stream()
                .filter(row -> !row.text("level").equals("none"))
                .filter(row -> !row.moment("from").isAfter(year.from()))
                .filter(row -> !row.moment("to").isBefore(year.to()))
                .filter(row ->
                    agrees(
                        statedKg,
                        row.number("carbon_kg")
                            * year.shareOf(row.moment("from"), row.moment("to")),
                        agreement))
                .map(EvidenceRow::grade)
                .max(Comparator.naturalOrder())
                .orElse(Grade.E0)
            : Grade.E0;
    Grade ledger = inLedger(facts, year, statedKg, agreement) ? Grade.E4 : Grade.E0;
    return assured.isAtLeast(ledger) ? assured : ledger;
  }

  private static boolean inLedger(
      Facts facts, ReportingPeriod year, double statedKg, double agreement) {
    try {
      return agrees(statedKg, facts.ledger().total(year).median(Impact.CARBON_KG), agreement);
    } catch (UnknownFactException nothingThen) {
      return false;
    }
  }

  private static boolean agrees(double statedKg, double foundKg, double agreement) {
    return Math.abs(foundKg - statedKg) <= agreement * statedKg;
  }

  public DrawnAmount allowed() {
    return base.times(left);
  }
}
