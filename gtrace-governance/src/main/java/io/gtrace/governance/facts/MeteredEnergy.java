package io.gtrace.governance.facts;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much of the energy in a ledger meters cover, site by site: that of the time in which a meter
 * has readings, and no more than it read.
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

  public static MeteredEnergy of(Facts facts) {
    Map<String, String> siteOfSeries =
        facts.rows("meter-series").stream()
            .collect(
                Collectors.toMap(row -> row.text("series"), row -> row.text("site"), (a, b) -> a));
    Map<String, Map<LocalDate, Double>> coverage = new HashMap<>();
    Map<String, Double> readKwh = new HashMap<>();
    for (EvidenceRow reading : facts.rowsOfPeriod("meters")) {
      if (!reading.grade().isAtLeast(Grade.E3)) {
        continue;
      }
      String site = siteOfSeries.getOrDefault(reading.text("series"), "");
      readKwh.merge(site, facts.inPeriod(reading, "energy_kwh"), Double::sum);
      cover(coverage.computeIfAbsent(site, missing -> new HashMap<>()), reading);
    }
    Map<String, Double> covered = new LinkedHashMap<>();
    Map<String, Double> ledger = new LinkedHashMap<>();
    for (QueryLine line : facts.ledger().by(GroupBy.REGION, GroupBy.DAY)) {
      String site = line.keys().get(0);
      double energyKwh = line.footprint().median(Impact.ENERGY_KWH);
      ledger.merge(site, energyKwh, Double::sum);
      double share =
          line.keys().get(1).isEmpty()
              ? 0
              : coverage
                  .getOrDefault(site, Map.of())
                  .getOrDefault(LocalDate.parse(line.keys().get(1)), 0.0);
      covered.merge(site, energyKwh * Math.min(1, share), Double::sum);
    }
    covered.replaceAll((site, energy) -> Math.min(energy, readKwh.getOrDefault(site, 0.0)));
    return new MeteredEnergy(covered, ledger);
  }

  private static void cover(Map<LocalDate, Double> days, EvidenceRow reading) {
    Instant at = reading.moment("from");
    Instant end = reading.moment("to");
    while (at.isBefore(end)) {
      LocalDate day = at.atOffset(ZoneOffset.UTC).toLocalDate();
      Instant midnight = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant until = midnight.isBefore(end) ? midnight : end;
      days.merge(day, Duration.between(at, until).toMillis() / MILLIS_OF_A_DAY, Double::sum);
      at = until;
    }
  }
}
