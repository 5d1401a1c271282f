package io.gtrace.governance.facts;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.profile.Profile;

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
            .orElseThrow(() -> new UnknownFactException("the profile has no target"));
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

  public DrawnAmount allowed() {
    return base.times(left);
  }
}
