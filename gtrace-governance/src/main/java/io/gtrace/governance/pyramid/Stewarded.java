package io.gtrace.governance.pyramid;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.HourlyMatching;
import io.gtrace.governance.facts.TargetPath;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.governance.profile.Profile;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** Level 7: absolute decline, hourly clean supply, rebound and circularity in hand. */
final class Stewarded {
  private static final double DAYS_OF_A_YEAR = 365.25;

  private Stewarded() {}

  static Finding absolutePath(Facts facts) {
    TargetPath path = TargetPath.of(facts);
    Profile.Target target = path.target();
    DrawnAmount now = DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG);
    double agreement = Limits.constant("7.1", "base_agreement_percent") / 100;
    boolean isStated = target.baseCarbonKg().isPresent();
    Grade ofBase = isStated ? path.statedGrade(facts, agreement) : Grade.E4;
    Finding.Measured found =
        Finding.of(Assured.assuredGrade(facts).and(ofBase), now.over(path.allowed()).estimate())
            .because(
                "base year "
                    + target.baseYear()
                    + (isStated ? " as stated" : " of the ledger")
                    + ", "
                    + 100 * target.yearlyReduction()
                    + " % of it off each year");
    return ofBase == Grade.E0
        ? found.because(
            "the stated base is a claim: neither the ledger nor an assurance statement has that"
                + " carbon, within %.0f %%, for the whole of ".formatted(100 * agreement)
                + target.baseYear())
        : found;
  }

  static Estimate gapToPath(Facts facts) {
    DrawnAmount now = DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG);
    return now.minus(TargetPath.of(facts).allowed()).estimate().orNothing();
  }

  static Finding creditsApart(Facts facts) {
    List<String> netted = netted(facts);
    Finding.Measured found =
        Finding.of(
            facts.grade("credits").and(Assured.assuredGrade(facts)),
            Estimate.exact((double) netted.size()));
    if (facts.saysNone("credits")) {
      found = found.because("credits has no rows: none were bought");
    }
    return netted.isEmpty() ? found : found.because("netted: " + Bounded.some(netted));
  }

  private static List<String> netted(Facts facts) {
    Stream<String> credits =
        facts.rowsOrNone("credits").stream()
            .filter(row -> !row.text("netted_into").equals("none"))
            .map(row -> row.text("credit"));
    Stream<String> figures =
        facts.has("figures")
            ? facts.rows("figures").stream()
                .filter(row -> row.optionalNumber("netted_kg").orElse(0) != 0)
                .map(row -> row.text("figure"))
            : Stream.of();
    return Stream.concat(credits, figures).toList();
  }

  static Estimate nettedCarbon(Facts facts) {
    return Estimate.exact(
        facts.rowsOrNone("credits").stream()
            .filter(row -> !row.text("netted_into").equals("none"))
            .mapToDouble(row -> row.number("carbon_kg"))
            .sum());
  }

  static Finding hourlyCleanEnergy(Facts facts) {
    HourlyMatching matching = HourlyMatching.of(facts);
    return Finding.percent(
            facts.grade("instruments").and(facts.ledgerGrade()),
            matching.matchedKwh(),
            matching.loadKwh())
        .because("medians of the energy of each hour");
  }

  static Estimate unmatchedCarbon(Facts facts) {
    HourlyMatching matching = HourlyMatching.of(facts);
    return Metered.kgPerKwh(facts).times(matching.loadKwh() - matching.matchedKwh()).estimate();
  }

  static Finding rebound(Facts facts) {
    List<EvidenceRow> rows = facts.rowsOfPeriod("rebound");
    double engineering = sum(facts, rows, "engineering_saving_kg");
    if (!(engineering > 0)) {
      throw new UnknownFactException("rebound tells of no engineering saving");
    }
    requireIntervals(rows);
    double net = sum(facts, rows, "net_saving_kg");
    double low = sum(facts, rows, "low_kg");
    double high = sum(facts, rows, "high_kg");
    return Finding.of(
        facts.grade("rebound"),
        new Estimate(1 - net / engineering, 1 - high / engineering, 1 - low / engineering));
  }

  private static void requireIntervals(List<EvidenceRow> rows) {
    for (EvidenceRow row : rows) {
      if (!hasInterval(row, "low_kg", "high_kg")) {
        throw new UnknownFactException(
            row.place() + ": give low_kg and high_kg; without an interval a saving proves nothing");
      }
    }
  }

  private static boolean hasInterval(EvidenceRow row, String low, String high) {
    return row.optionalNumber(low).isPresent() && row.optionalNumber(high).isPresent();
  }

  private static double sum(Facts facts, List<EvidenceRow> rows, String column) {
    return rows.stream().mapToDouble(row -> facts.inPeriod(row, column)).sum();
  }

  /** Saving that the rebound took back. */
  static Estimate takenBack(Facts facts) {
    List<EvidenceRow> rows = facts.rowsOfPeriod("rebound");
    return Estimate.exact(
        Math.max(0, sum(facts, rows, "engineering_saving_kg") - sum(facts, rows, "net_saving_kg")));
  }

  static Finding demandStewardship(Facts facts) {
    List<EvidenceRow> rows = facts.rowsOfPeriod("demand");
    double all = sum(facts, rows, "outputs");
    double with = sum(facts, rows, "outputs_stewarded");
    List<EvidenceRow> tests =
        rows.stream().filter(row -> row.optionalNumber("effect_percent").isPresent()).toList();
    if (tests.isEmpty() || !(all > 0)) {
      throw new UnknownFactException("demand tells of no effect on Wh per session");
    }
    List<String> bare =
        tests.stream()
            .filter(row -> !hasInterval(row, "low_percent", "high_percent"))
            .map(row -> row.text("test"))
            .toList();
    Finding.Measured found =
        Finding.of(
            facts.grade("demand"),
            Estimate.exact(100 * with / all),
            bare.isEmpty() ? effect(facts, tests) : Estimate.exact(Double.NaN));
    return bare.isEmpty()
        ? found
        : found.because("without low_percent and high_percent: " + Bounded.some(bare));
  }

  private static Estimate effect(Facts facts, List<EvidenceRow> tests) {
    double weights = 0;
    double value = 0;
    double low = 0;
    double high = 0;
    for (EvidenceRow test : tests) {
      double weight = facts.inPeriod(test, "outputs");
      double effect = test.number("effect_percent");
      weights += weight;
      value += weight * effect;
      low += weight * test.optionalNumber("low_percent").orElse(effect);
      high += weight * test.optionalNumber("high_percent").orElse(effect);
    }
    return new Estimate(value / weights, low / weights, high / weights);
  }

  /** What the measured effect would take off the outputs that do not have it yet. */
  static Estimate effectOnRest(Facts facts) {
    List<EvidenceRow> rows = facts.rowsOfPeriod("demand");
    List<EvidenceRow> tests =
        rows.stream().filter(row -> row.optionalNumber("effect_percent").isPresent()).toList();
    double all = sum(facts, rows, "outputs");
    double with = sum(facts, rows, "outputs_stewarded");
    if (tests.isEmpty() || !(all > 0)) {
      throw new UnknownFactException("demand tells of no effect on Wh per session");
    }
    double rest = facts.ledger().carbonKg() * (1 - with / all) / 100;
    return effect(facts, tests).times(-rest).orNothing();
  }

  static Finding circularity(Facts facts) {
    List<EvidenceRow> retired = retired(facts);
    double all = retired.stream().mapToDouble(row -> row.number("count")).sum();
    double again =
        retired.stream()
            .filter(row -> Bounded.isOneOf(row.text("fate"), "reused", "refurbished"))
            .mapToDouble(row -> row.number("count"))
            .sum();
    double years =
        retired.stream().mapToDouble(row -> row.number("count") * yearsOf(row)).sum() / all;
    return Finding.of(
        facts.grade("disposals"), Estimate.exact(100 * again / all), Estimate.exact(years));
  }

  private static List<EvidenceRow> retired(Facts facts) {
    List<EvidenceRow> retired =
        facts.rows("disposals").stream()
            .filter(row -> row.day("retired_on").filter(facts.period()::holds).isPresent())
            .filter(row -> row.number("count") > 0)
            .toList();
    if (retired.isEmpty()) {
      throw facts.nothingOfPeriod("disposals");
    }
    return retired;
  }

  private static double yearsOf(EvidenceRow row) {
    return ChronoUnit.DAYS.between(
            row.day("in_service_on").orElseThrow(), row.day("retired_on").orElseThrow())
        / DAYS_OF_A_YEAR;
  }

  /**
   * Embodied carbon of what was scrapped or recycled before the years of the threshold, for those
   * missing.
   */
  static Estimate lostService(Facts facts) {
    double wanted = Limits.of(facts, "7.6", 1);
    return Estimate.exact(
        retired(facts).stream()
            .filter(row -> !Bounded.isOneOf(row.text("fate"), "reused", "refurbished"))
            .mapToDouble(row ->
                row.number("count")
                    * row.optionalNumber("embodied_kg").orElse(0)
                    * Math.max(0, wanted - yearsOf(row))
                    / wanted)
            .sum());
  }
}
