package io.gtrace.governance.pyramid;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.advice.PlaceComparison;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.LedgerFacts;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.ledger.query.GroupBy;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Level 5: savings realised against a counterfactual, without shifting the burden. */
final class Optimised {
  private static final double KG_OF_A_TONNE = 1000;
  private static final int DAYS_OF_A_YEAR = 365;
  private static final int SHORTEST_YEAR = 330;

  private Optimised() {}

  /** The work of the period at its places, at those of the baseline, at the cleanest in use. */
  private static PlaceComparison places(Facts facts) {
    return facts.once(
        PlaceComparison.class,
        of -> {
          ReportingPeriod then = Controlled.baseline(of);
          of.ledger().total();
          of.ledger().total(then);
          return PlaceComparison.of(
              of.ledger().work(of.period()), of.ledger().work(then), of.card());
        });
  }

  private static DrawnAmount carbon(Footprint footprint) {
    return DrawnAmount.of(footprint, Impact.CARBON_KG);
  }

  static Finding realisedSaving(Facts facts) {
    PlaceComparison places = places(facts);
    DrawnAmount baseline = carbon(places.baseline());
    Estimate saving = baseline.minus(carbon(places.actual())).over(baseline).times(100).estimate();
    return Controlled.remarkingBaseline(
        facts,
        Finding.of(facts.ledgerGrade(), saving, saving)
            .because(
                "the same work at the places of "
                    + Controlled.baseline(facts)
                    + ", both at the annual factors of their grids"));
  }

  /** What the cleanest of the places in use would save beyond today. */
  static Estimate bestPlaces(Facts facts) {
    PlaceComparison places = places(facts);
    return carbon(places.actual()).minus(carbon(places.best())).estimate().orNothing();
  }

  static Finding noBurdenShift(Facts facts) {
    PlaceComparison places = places(facts);
    List<EvidenceRow> latency = facts.rowsOfPeriod("latency");
    List<String> slow =
        latency.stream()
            .filter(row -> row.number("p95_ms") > row.number("slo_ms"))
            .map(row -> row.text("service"))
            .distinct()
            .toList();
    List<String> unwatched = withoutLatency(facts, latency);
    Estimate carbon =
        carbon(places.actual())
            .minus(carbon(places.baseline()))
            .times(1 / KG_OF_A_TONNE)
            .estimate();
    DrawnAmount waterThen = DrawnAmount.of(places.baseline(), Impact.WATER_L);
    DrawnAmount waterNow = DrawnAmount.of(places.actual(), Impact.WATER_L);
    Estimate water = waterNow.minus(waterThen).over(waterThen).times(100).estimate();
    Finding.Measured found =
        Finding.of(
            facts.grade("latency").and(facts.ledgerGrade()),
            carbon,
            water,
            slow.isEmpty() && !unwatched.isEmpty()
                ? Estimate.exact(Double.NaN)
                : Estimate.exact((double) slow.size()));
    if (!unwatched.isEmpty()) {
      found =
          found.because("no latency over nine tenths of the period: " + Bounded.some(unwatched));
    }
    return slow.isEmpty() ? found : found.because("too slow: " + Bounded.some(slow));
  }

  /** Services that rows of latency do not cover over most of the period. */
  private static List<String> withoutLatency(Facts facts, List<EvidenceRow> latency) {
    Map<String, List<EvidenceRow>> rows =
        latency.stream().collect(Collectors.groupingBy(row -> row.text("service")));
    double needed = Limits.constant("5.2", "latency_covered_percent") / 100;
    return facts.ledger().services().stream()
        .filter(service -> facts.period().coveredBy(rows.getOrDefault(service, List.of())) < needed)
        .toList();
  }

  static Finding captureRatio(Facts facts) {
    PlaceComparison places = places(facts);
    DrawnAmount baseline = carbon(places.baseline());
    DrawnAmount possible = baseline.minus(carbon(places.best()));
    if (!(possible.median() > 0)) {
      return new Finding.NotApplicable("the baseline ran at the cleanest of the places in use");
    }
    DrawnAmount captured = baseline.minus(carbon(places.actual())).over(possible).times(100);
    return Finding.of(facts.ledgerGrade(), captured.estimate())
        .because(
            "of places that the ledger knows; with perfect foresight and no limit of capacity");
  }

  static Finding rightSizing(Facts facts) {
    List<EvidenceRow> rows = facts.rowsOfPeriod("router");
    double eligible =
        rows.stream().mapToDouble(row -> facts.inPeriod(row, "eligible_requests")).sum();
    double smallest =
        rows.stream().mapToDouble(row -> facts.inPeriod(row, "smallest_requests")).sum();
    return Finding.percent(facts.grade("router"), smallest, eligible);
  }

  /**
   * Carbon of the eligible requests that a larger model answered, at the mean of their services: an
   * upper bound of what the smaller ones would save.
   */
  static Estimate oversized(Facts facts) {
    DrawnAmount all = DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG).times(0);
    Map<String, Double> over =
        facts.rowsOfPeriod("router").stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.text("service"),
                    Collectors.summingDouble(row ->
                        facts.inPeriod(row, "eligible_requests")
                            - facts.inPeriod(row, "smallest_requests"))));
    for (Map.Entry<String, Double> each : over.entrySet()) {
      List<LedgerFacts.Use> uses = usesOf(facts, each.getKey());
      double requests = uses.stream().mapToDouble(LedgerFacts.Use::requests).sum();
      if (requests > 0) {
        double share = Math.min(1, Math.max(0, each.getValue()) / requests);
        for (LedgerFacts.Use use : uses) {
          all = all.plus(DrawnAmount.of(use.footprint(), Impact.CARBON_KG).times(share));
        }
      }
    }
    return all.estimate();
  }

  private static List<LedgerFacts.Use> usesOf(Facts facts, String service) {
    return facts.ledger().uses().stream().filter(use -> use.service().equals(service)).toList();
  }

  static Finding utilisation(Facts facts) {
    List<EvidenceRow> rows = facts.rowsOfPeriod("utilisation");
    double busy = rows.stream().mapToDouble(row -> facts.inPeriod(row, "busy_hours")).sum();
    double held = rows.stream().mapToDouble(row -> facts.inPeriod(row, "provisioned_hours")).sum();
    return Finding.percent(facts.grade("utilisation"), busy, held);
  }

  /**
   * Carbon of the idle energy that the utilisation of the threshold would spare, and of the making
   * of the accelerators that it would do without.
   */
  static Estimate idleAtTarget(Facts facts) {
    List<EvidenceRow> rows = facts.rowsOfPeriod("utilisation");
    double busy = rows.stream().mapToDouble(row -> facts.inPeriod(row, "busy_hours")).sum();
    double held = rows.stream().mapToDouble(row -> facts.inPeriod(row, "provisioned_hours")).sum();
    double wanted = held * Limits.of(facts, "5.5", 0) / 100;
    if (!(held > 0)) {
      throw new UnknownFactException("utilisation tells of no provisioned hours");
    }
    double idleKwh =
        facts.rowsOfPeriod("idle").stream()
            .mapToDouble(row -> facts.inPeriod(row, "idle_kwh"))
            .sum();
    // As much work at the threshold would hold busy / threshold hours.
    double sparedHours = busy < wanted ? held * (1 - busy / wanted) : 0;
    double ofIdle = held > busy ? Math.min(1, sparedHours / (held - busy)) : 0;
    return Metered.kgPerKwh(facts)
        .times(idleKwh * ofIdle)
        .plus(embodied(facts, rows).times(sparedHours / held))
        .estimate();
  }

  /** Making of what works at the sites of some rows, as far as it is booked in the period. */
  private static DrawnAmount embodied(Facts facts, List<EvidenceRow> rows) {
    Set<String> sites = rows.stream().map(row -> row.text("site")).collect(Collectors.toSet());
    DrawnAmount none = DrawnAmount.of(facts.ledger().total(), Impact.EMBODIED_KG).times(0);
    return facts.ledger().by(GroupBy.REGION).stream()
        .filter(line -> sites.contains(line.keys().get(0)))
        .map(line -> DrawnAmount.of(line.footprint(), Impact.EMBODIED_KG))
        .reduce(none, DrawnAmount::plus);
  }

  /**
   * The change of a service from one measurement to one about a year later.
   *
   * @param change of Wh per unit over a year, a share
   */
  private record Gain(String service, double change) {}

  private static List<Gain> gains(Facts facts) {
    Map<String, List<EvidenceRow>> services =
        facts.rows("benchmarks").stream()
            .filter(row -> row.day("measured_on").orElseThrow().isBefore(facts.period().end()))
            .collect(Collectors.groupingBy(row -> row.text("service")));
    List<Gain> gains = new ArrayList<>();
    services.forEach((service, rows) -> {
      List<EvidenceRow> inTime =
          rows.stream()
              .sorted(Comparator.comparing(row -> row.day("measured_on").orElseThrow()))
              .toList();
      EvidenceRow now = inTime.get(inTime.size() - 1);
      inTime.stream()
          .filter(then -> days(then, now) >= SHORTEST_YEAR)
          .filter(then -> then.text("unit").equals(now.text("unit")))
          .filter(then -> now.number("quality") >= then.number("quality"))
          .max(Comparator.comparing(then -> then.day("measured_on").orElseThrow()))
          .ifPresent(then -> gains.add(new Gain(service, yearly(then, now))));
    });
    if (gains.isEmpty()) {
      throw new UnknownFactException(
          "benchmarks has no service measured twice, a year apart, at no less quality");
    }
    return gains;
  }

  private static double days(EvidenceRow then, EvidenceRow now) {
    return ChronoUnit.DAYS.between(
        then.day("measured_on").orElseThrow(), now.day("measured_on").orElseThrow());
  }

  private static double yearly(EvidenceRow then, EvidenceRow now) {
    double ratio = now.number("wh_per_unit") / then.number("wh_per_unit");
    return Math.pow(ratio, DAYS_OF_A_YEAR / days(then, now)) - 1;
  }

  static Finding efficiencyGain(Facts facts) {
    List<Gain> gains = gains(facts);
    double weights = 0;
    double sum = 0;
    for (Gain gain : gains) {
      double energy =
          usesOf(facts, gain.service()).stream().mapToDouble(LedgerFacts.Use::energyKwh).sum();
      weights += energy;
      sum += energy * gain.change();
    }
    if (weights == 0) {
      throw new UnknownFactException("benchmarks are of services that the ledger does not know");
    }
    return Finding.of(facts.grade("benchmarks"), Estimate.exact(100 * sum / weights))
        .because("weighted by energy: " + Bounded.some(gains.stream().map(Gain::service).toList()));
  }

  /**
   * Carbon that services which were measured twice would not have emitted, had each gained what the
   * threshold asks for; nothing is said of services without measurements.
   */
  static Estimate shortOfGain(Facts facts) {
    double wanted = Limits.of(facts, "5.6", 0) / 100;
    DrawnAmount all = DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG).times(0);
    for (Gain gain : gains(facts)) {
      double spared = Math.max(0, 1 - (1 + wanted) / (1 + gain.change()));
      for (LedgerFacts.Use use : usesOf(facts, gain.service())) {
        all = all.plus(DrawnAmount.of(use.footprint(), Impact.CARBON_KG).times(spared));
      }
    }
    return all.estimate();
  }
}
