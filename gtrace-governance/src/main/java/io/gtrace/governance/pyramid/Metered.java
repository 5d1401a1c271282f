package io.gtrace.governance.pyramid;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.Meter;
import io.gtrace.governance.facts.MeteredEnergy;
import io.gtrace.governance.facts.SiteForms;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Level 2: energy comes from instruments and agrees with the facility's meter. */
final class Metered {
  private static final String INSTALLED_KW = "installed_it_kw";
  private static final String[] PERSONAL = {"home-gpu", "phone"};
  private static final List<String> KPIS = List.of("pue", "wue_l_per_kwh", "erf", "ref");

  private Metered() {}

  static Finding meteredShare(Facts facts) {
    MeteredEnergy metered = MeteredEnergy.of(facts);
    return Finding.of(facts.grade("meter-series", "meters"), Estimate.exact(100 * metered.share()))
        .because(
            "energy in the ledger of time with readings of the facility, else of IT times PUE, and no"
                + " more than was read; least covered: "
                + metered.leastCoveredSite());
  }

  /** What the interval of the total would lose if its energy were known. */
  static Estimate widthOfEnergy(Facts facts) {
    Footprint total = facts.ledger().total();
    DrawnAmount carbon = DrawnAmount.of(total, Impact.CARBON_KG);
    DrawnAmount energy = DrawnAmount.of(total, Impact.ENERGY_KWH);
    DrawnAmount perKwh = carbon.over(energy);
    double now = carbon.estimate().width();
    double then = perKwh.times(energy.median()).estimate().width();
    return Estimate.exact(Math.max(0, now - then));
  }

  static Finding completeness(Facts facts) {
    List<Meter> meters = Meter.all(facts);
    double expected = meters.stream().mapToDouble(meter -> meter.expectedIntervals(facts)).sum();
    double valid = meters.stream().mapToDouble(meter -> meter.readIntervals(facts)).sum();
    Finding.Measured found =
        Finding.percent(facts.grade("meter-series", "meters"), valid, expected);
    List<String> tooLong = names(meters, meter -> meter.tooLong() > 0);
    if (!tooLong.isEmpty()) {
      found =
          found.because(
              "readings longer than the interval of the meter do not count: "
                  + Bounded.some(tooLong));
    }
    List<String> silent =
        names(meters, meter -> meter.readings().isEmpty() && meter.tooLong() == 0);
    return silent.isEmpty() ? found : found.because("silent: " + Bounded.some(silent));
  }

  private static List<String> names(List<Meter> meters, Predicate<Meter> which) {
    return meters.stream().filter(which).map(Meter::series).toList();
  }

  /** Carbon of the energy of days without a reading. */
  static Estimate unmeteredCarbon(Facts facts) {
    double share = facts.has("meters") ? MeteredEnergy.of(facts).share() : 0;
    return DrawnAmount.of(facts.ledger().total(), Impact.CARBON_KG).times(1 - share).estimate();
  }

  /** What meters of one site read in the period. */
  private record Site(String id, double itKwh, double facilityKwh, double pue) {
    double residualKwh() {
      return Math.abs(itKwh * pue - facilityKwh);
    }
  }

  private static List<Site> reconcilable(Facts facts) {
    Map<String, EvidenceRow> series =
        facts.rows("meter-series").stream()
            .collect(Collectors.toMap(row -> row.text("series"), row -> row));
    List<EvidenceRow> readings = facts.rowsOfPeriod("meters");
    SiteForms forms = SiteForms.of(facts);
    List<Site> sites = new ArrayList<>();
    series.values().stream()
        .map(row -> row.text("site"))
        .distinct()
        .sorted()
        .forEach(site -> {
          double it = sum(facts, readings, of(series, site, "it"));
          double facility = sum(facts, readings, of(series, site, "facility"));
          Optional<Double> pue = forms.of(site).flatMap(SiteForms::pue);
          if (it > 0 && facility > 0 && pue.isPresent()) {
            sites.add(new Site(site, it, facility, pue.get()));
          }
        });
    if (sites.isEmpty()) {
      throw new UnknownFactException(
          "no site has readings of IT and of the facility, and a site form with its PUE");
    }
    return sites;
  }

  private static Predicate<EvidenceRow> of(
      Map<String, EvidenceRow> series, String site, String boundary) {
    return reading -> {
      EvidenceRow meter = series.get(reading.text("series"));
      return meter != null
          && meter.text("site").equals(site)
          && meter.text("boundary").equals(boundary);
    };
  }

  private static double sum(Facts facts, List<EvidenceRow> readings, Predicate<EvidenceRow> which) {
    return readings.stream()
        .filter(which)
        .mapToDouble(row -> facts.inPeriod(row, "energy_kwh"))
        .sum();
  }

  private static boolean has(EvidenceRow row, String column) {
    return row.optionalNumber(column).isPresent();
  }

  static Finding reconciliation(Facts facts) {
    List<Site> sites = reconcilable(facts);
    double residual = sites.stream().mapToDouble(Site::residualKwh).sum();
    double facility = sites.stream().mapToDouble(Site::facilityKwh).sum();
    return Finding.percent(facts.grade("meter-series", "meters", "sites"), residual, facility)
        .because("of " + Bounded.some(sites.stream().map(Site::id).toList()));
  }

  static Estimate residualCarbon(Facts facts) {
    double residual = reconcilable(facts).stream().mapToDouble(Site::residualKwh).sum();
    return kgPerKwh(facts).times(residual).estimate();
  }

  /** The mean carbon of a kilowatt-hour in the period. */
  static DrawnAmount kgPerKwh(Facts facts) {
    Footprint total = facts.ledger().total();
    return DrawnAmount.of(total, Impact.OPERATIONAL_LOCATION_BASED_KG)
        .over(DrawnAmount.of(total, Impact.ENERGY_KWH));
  }

  static Finding idleIncluded(Facts facts) {
    List<EvidenceRow> idle = facts.rowsOfPeriod("idle");
    double attributed =
        idle.stream().mapToDouble(row -> facts.inPeriod(row, "attributed_kwh")).sum();
    double measured = idle.stream().mapToDouble(row -> facts.inPeriod(row, "idle_kwh")).sum();
    return Finding.percent(facts.grade("idle"), attributed, measured);
  }

  static Estimate reclaimableIdle(Facts facts) {
    double kwh =
        facts.rowsOfPeriod("idle").stream()
            .mapToDouble(row ->
                facts.inPeriod(row, "idle_kwh") * row.optionalNumber("reclaimable_share").orElse(0))
            .sum();
    return kgPerKwh(facts).times(kwh).estimate();
  }

  static Finding intensityPrecision(Facts facts) {
    double least =
        Limits.constant("2.5", "modality_share_percent") / 100 * facts.ledger().energyKwh();
    double widest = 0;
    Grade grade = Grade.E4;
    List<String> basis = new ArrayList<>();
    for (QueryLine line : facts.ledger().by(GroupBy.MODALITY)) {
      if (line.footprint().median(Impact.ENERGY_KWH) < least) {
        continue;
      }
      String modality = line.keys().get(0);
      Optional<EvidenceRow> measured = newestIntensity(facts, modality);
      double halfWidth =
          measured.isPresent()
              ? (measured.get().number("high_wh") - measured.get().number("low_wh"))
                  / (2 * measured.get().number("mean_wh"))
              : relativeHalfWidth(line.footprint());
      grade = grade.and(measured.map(EvidenceRow::grade).orElse(Grade.E2));
      widest = Math.max(widest, halfWidth);
      basis.add(modality + (measured.isPresent() ? " as measured" : " as the ledger estimates it"));
    }
    return new Finding.Measured(List.of(Estimate.exact(100 * widest)), grade, basis);
  }

  private static double relativeHalfWidth(Footprint footprint) {
    Estimate energy = DrawnAmount.of(footprint, Impact.ENERGY_KWH).estimate();
    return energy.width() / (2 * energy.value());
  }

  private static Optional<EvidenceRow> newestIntensity(Facts facts, String modality) {
    if (!facts.has("intensity")) {
      return Optional.empty();
    }
    return facts.rows("intensity").stream()
        .filter(row -> row.text("modality").equals(modality))
        .filter(row -> row.day("measured_on").orElseThrow().isBefore(facts.period().end()))
        .max(Comparator.comparing(row -> row.day("measured_on").orElseThrow()));
  }

  static Finding facilityKpis(Facts facts) {
    List<EvidenceRow> sites =
        SiteForms.of(facts).all().stream()
            .filter(row -> !Bounded.isOneOf(row.text("site_class"), PERSONAL))
            .toList();
    List<String> ofUnknownSize =
        sites.stream().filter(row -> !has(row, INSTALLED_KW)).map(row -> row.text("site")).toList();
    if (!ofUnknownSize.isEmpty()) {
      throw new UnknownFactException(
          "no " + INSTALLED_KW + " in the newest form of " + Bounded.some(ofUnknownSize));
    }
    double largeKw = Limits.constant("2.6", "large_site_kw");
    List<EvidenceRow> large =
        sites.stream().filter(row -> row.number(INSTALLED_KW) >= largeKw).toList();
    if (large.isEmpty()) {
      return new Finding.NotApplicable(
          "no site form tells of %.0f kW of IT or more".formatted(largeKw));
    }
    long whole = large.stream().filter(row -> KPIS.stream().allMatch(kpi -> has(row, kpi))).count();
    return Finding.percent(facts.grade("sites"), (double) whole, (double) large.size());
  }

  /** Carbon of the energy that the planned PUE would spare. */
  static Estimate plannedPue(Facts facts) {
    Map<String, Double> energy = facts.ledger().energyKwhBy(GroupBy.REGION);
    double spared = 0;
    for (EvidenceRow row : SiteForms.of(facts).all()) {
      if (has(row, "pue") && has(row, "target_pue")) {
        double pue = row.number("pue");
        double kwh = energy.getOrDefault(row.text("site"), 0.0);
        spared += kwh / pue * Math.max(0, pue - row.number("target_pue"));
      }
    }
    return kgPerKwh(facts).times(spared).estimate();
  }
}
