package io.gtrace.governance.facts;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.Meter.Boundary;
import io.gtrace.ledger.query.GroupBy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much of the energy in a ledger meters cover, site by site: that of the time in which a meter
 * has readings, and no more than it read. A site counts by the meters of its facility, and by those
 * of its IT, times its PUE where a site form tells it, if the facility has none.
 *
 * @param coveredKwh by site
 * @param ledgerKwh by site
 */
public record MeteredEnergy(Map<String, Double> coveredKwh, Map<String, Double> ledgerKwh) {
  private static final double MILLIS_OF_A_DAY = Duration.ofDays(1).toMillis();

  public double share() {
    return total(coveredKwh) / total(ledgerKwh);
  }

  private static double total(Map<String, Double> energy) {
    return energy.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The site with the most energy that no meter covers. */
  public String leastCoveredSite() {
    return ledgerKwh.entrySet().stream()
        .max(
            Comparator.comparingDouble(
                site -> site.getValue() - coveredKwh.getOrDefault(site.getKey(), 0.0)))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /**
   * @throws UnknownFactException if there are no meters, or no readings of the period
   */
  public static MeteredEnergy of(Facts facts) {
    return facts.once(MeteredEnergy.class, MeteredEnergy::computed);
  }

  private static MeteredEnergy computed(Facts facts) {
    Map<String, Read> read = read(facts);
    Map<String, Double> covered = new LinkedHashMap<>();
    Map<String, Double> ledger = new LinkedHashMap<>();
    facts
        .ledger()
        .medians(List.of(GroupBy.REGION, GroupBy.DAY), Impact.ENERGY_KWH)
        .forEach((keys, energyKwh) -> {
          String site = keys.get(0);
          String day = keys.get(1);
          ledger.merge(site, energyKwh[0], Double::sum);
          double share =
              day.isEmpty() ? 0 : read.getOrDefault(site, Read.NOTHING).share(LocalDate.parse(day));
          covered.merge(site, energyKwh[0] * share, Double::sum);
        });
    covered.replaceAll(
        (site, energyKwh) -> Math.min(energyKwh, read.getOrDefault(site, Read.NOTHING).kwh()));
    return new MeteredEnergy(covered, ledger);
  }

  private static Map<String, Read> read(Facts facts) {
    SiteForms forms = SiteForms.orNone(facts);
    Map<String, Read> read = new HashMap<>();
    Meter.all(facts).stream()
        .filter(meter -> meter.grade().isAtLeast(Grade.E3))
        .collect(Collectors.groupingBy(Meter::site))
        .forEach((site, meters) -> {
          List<EvidenceRow> facility = readings(meters, Boundary.FACILITY);
          if (facility.isEmpty()) {
            double pue = forms.of(site).flatMap(SiteForms::pue).orElse(1.0);
            read.put(site, Read.of(facts, readings(meters, Boundary.IT), pue));
          } else {
            read.put(site, Read.of(facts, facility, 1));
          }
        });
    return read;
  }

  private static List<EvidenceRow> readings(List<Meter> meters, Boundary boundary) {
    return meters.stream()
        .filter(meter -> meter.boundary() == boundary)
        .flatMap(meter -> meter.readings().stream())
        .filter(reading -> reading.grade().isAtLeast(Grade.E3))
        .toList();
  }

  /**
   * What meters of one boundary read.
   *
   * @param shareOfDay the part of each day in which at least one of them has a reading, 0 to 1
   * @param kwh of all of them together, since one facility may have several feeds
   */
  private record Read(Map<LocalDate, Double> shareOfDay, double kwh) {
    static final Read NOTHING = new Read(Map.of(), 0);

    static Read of(Facts facts, List<EvidenceRow> readings, double pue) {
      Map<LocalDate, Double> days = new HashMap<>();
      List<EvidenceRow> inTime =
          readings.stream()
              .sorted(Comparator.comparing((EvidenceRow row) -> row.moment("from")))
              .toList();
      Instant covered = Instant.MIN;
      for (EvidenceRow reading : inTime) {
        Instant from = reading.moment("from");
        Instant to = reading.moment("to");
        cover(days, from.isBefore(covered) ? covered : from, to);
        covered = to.isBefore(covered) ? covered : to;
      }
      double kwh = readings.stream().mapToDouble(row -> facts.inPeriod(row, "energy_kwh")).sum();
      return new Read(days, kwh * pue);
    }

    private static void cover(Map<LocalDate, Double> days, Instant from, Instant to) {
      Instant at = from;
      while (at.isBefore(to)) {
        LocalDate day = at.atOffset(ZoneOffset.UTC).toLocalDate();
        Instant midnight = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant until = midnight.isBefore(to) ? midnight : to;
        days.merge(day, Duration.between(at, until).toMillis() / MILLIS_OF_A_DAY, Double::sum);
        at = until;
      }
    }

    double share(LocalDate day) {
      return Math.min(1, shareOfDay.getOrDefault(day, 0.0));
    }
  }
}
