package io.gtrace.governance.pyramid;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.Reproduction;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Quantile;

/** Level 3: a dual ledger by region and hour, with embodied share and uncertainty. */
final class Accounted {
  private static final double[] BOUNDS_95 = {0.025, 0.975};
  private static final String HOURLY = "hourly";
  private static final String ESTIMATED = "estimated";
  private static final double LONGER_LIFE_YEARS = 1;
  private static final long MOST_EVENTS_ANEW = 200_000;

  private Accounted() {}

  static Finding dualTotals(Facts facts) {
    double both = 0;
    for (QueryLine line : facts.ledger().by(GroupBy.REGION)) {
      Footprint footprint = line.footprint();
      boolean known = !Double.isNaN(footprint.median(Impact.OPERATIONAL_MARKET_BASED_KG));
      both += known ? footprint.median(Impact.ENERGY_KWH) : 0;
    }
    return Finding.percent(facts.ledgerGrade(), both, facts.ledger().energyKwh());
  }

  /** Location-based carbon of what has no market-based figure. */
  static Estimate withoutMarketFigure(Facts facts) {
    return facts.ledger().by(GroupBy.REGION).stream()
        .map(QueryLine::footprint)
        .filter(each -> Double.isNaN(each.median(Impact.OPERATIONAL_MARKET_BASED_KG)))
        .map(each -> DrawnAmount.of(each, Impact.OPERATIONAL_LOCATION_BASED_KG))
        .reduce(DrawnAmount::plus)
        .map(DrawnAmount::estimate)
        .orElse(Estimate.exact(0));
  }

  static Finding hourlyZoneMatch(Facts facts) {
    return Finding.percent(
            facts.ledgerGrade(), energyKwh(facts, HOURLY), facts.ledger().energyKwh())
        .because(
            "zones without hourly factors, calls without a time or a place and places unknown are"
                + " not; hours that ship are the mean day of each month of another year");
  }

  private static double energyKwh(Facts facts, String gridFactor) {
    return facts.ledger().energyKwhBy(GroupBy.GRID_FACTOR).getOrDefault(gridFactor, 0.0);
  }

  /** The width of the carbon of what is not priced by the hour of its own zone. */
  static Estimate widthOfOther(Facts facts) {
    return facts.ledger().by(GroupBy.GRID_FACTOR).stream()
        .filter(line -> !line.keys().get(0).equals(HOURLY))
        .map(line -> DrawnAmount.of(line.footprint(), Impact.OPERATIONAL_LOCATION_BASED_KG))
        .reduce(DrawnAmount::plus)
        .map(carbon -> Estimate.exact(carbon.estimate().width()))
        .orElse(Estimate.exact(0));
  }

  static Finding reproducibility(Facts facts) {
    Reproduction again = reproduced(facts);
    String which =
        again.hours() == 0
            ? "all " + again.events() + " events of the period"
            : again.events()
                + " of "
                + again.eventsOfPeriod()
                + " events, those of "
                + again.hours()
                + " hours that the newest seal chose";
    return Finding.of(facts.ledgerGrade(), Estimate.exact(again.largestDifference()))
        .because(
            which
                + ", priced anew by the cards they were sealed with and summed by the hour"
                + " (gtrace ledger verify takes them all)");
  }

  private static Reproduction reproduced(Facts facts) {
    facts.ledger().total();
    return facts.ledger().reproduction(MOST_EVENTS_ANEW);
  }

  static Estimate unreproducedCarbon(Facts facts) {
    return Estimate.exact(reproduced(facts).largestDifference() * facts.ledger().carbonKg());
  }

  static Finding embodied(Facts facts) {
    List<EvidenceRow> assets = facts.rows("assets");
    double all = assets.stream().mapToDouble(row -> row.number("device_hours")).sum();
    double known =
        assets.stream()
            .filter(row -> row.optionalNumber("embodied_kg").isPresent())
            .mapToDouble(row -> row.number("device_hours"))
            .sum();
    return Finding.percent(facts.grade("assets"), known, all);
  }

  /** What one more year of service would take off the embodied share of the period. */
  static Estimate longerLife(Facts facts) {
    double kg =
        facts.rows("assets").stream()
            .filter(row -> row.optionalNumber("service_life_years").isPresent())
            .mapToDouble(row -> {
              double years = row.number("service_life_years");
              double made = row.optionalNumber("embodied_kg").orElse(0) * row.number("count");
              return made * (1 / years - 1 / (years + LONGER_LIFE_YEARS));
            })
            .sum();
    return Estimate.exact(kg * facts.period().years());
  }

  static Finding uncertainty(Facts facts) {
    DrawnAmount carbon = DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG);
    double[] draws = carbon.draws();
    double[] bounds = Quantile.withDefaults().evaluate(draws, BOUNDS_95);
    double halfWidth = (bounds[1] - bounds[0]) / (2 * carbon.median());
    return Finding.of(facts.ledgerGrade(), Estimate.exact(100 * halfWidth))
        .because(draws.length + " joint draws of the factors");
  }

  static Finding factorHygiene(Facts facts) {
    List<EvidenceRow> figures = facts.has("figures") ? facts.rows("figures") : List.of();
    List<String> mixed =
        figures.stream().filter(Accounted::mixesAccounts).map(row -> row.text("figure")).toList();
    double estimated = 100 * energyKwh(facts, ESTIMATED) / facts.ledger().energyKwh();
    Finding.Measured found =
        Finding.of(
            facts.ledgerGrade(), Estimate.exact((double) mixed.size()), Estimate.exact(estimated));
    return mixed.isEmpty()
        ? found.because("the ledger itself never adds one account to another")
        : found.because("mixed: " + Bounded.some(mixed));
  }

  private static boolean mixesAccounts(EvidenceRow figure) {
    return Stream.of(figure.text("accounts").split("\\+"))
            .map(String::strip)
            .filter(each -> !each.isEmpty() && !each.equals("embodied"))
            .distinct()
            .count()
        > 1;
  }
}
