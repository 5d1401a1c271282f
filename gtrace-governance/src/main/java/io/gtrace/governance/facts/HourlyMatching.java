package io.gtrace.governance.facts;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.ledger.query.GroupBy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Load of the period beside clean supply in its zone, by the hour: medians of the energy of each
 * hour. Load without a time or a zone is matched by nothing.
 *
 * @param cells load and supply of each zone and hour with load
 */
public record HourlyMatching(List<Cell> cells) {

  /**
   * One hour of a zone.
   *
   * @param gridKgPerKwh location-based carbon of its electricity
   */
  public record Cell(String zone, double loadKwh, double supplyKwh, double gridKgPerKwh) {
    public double matchedKwh() {
      return Math.min(loadKwh, supplyKwh);
    }
  }

  public HourlyMatching {
    cells = List.copyOf(cells);
  }

  /**
   * @throws UnknownFactException if there are no instruments for the period
   */
  public static HourlyMatching of(Facts facts) {
    return facts.once(HourlyMatching.class, HourlyMatching::computed);
  }

  private static HourlyMatching computed(Facts facts) {
    Map<String, Map<Instant, Double>> supply = supply(facts);
    List<Cell> cells = new ArrayList<>();
    facts
        .ledger()
        .medians(
            List.of(GroupBy.ZONE, GroupBy.HOUR),
            Impact.ENERGY_KWH,
            Impact.OPERATIONAL_LOCATION_BASED_KG)
        .forEach((keys, medians) -> {
          String zone = keys.get(0);
          String hour = keys.get(1);
          double loadKwh = medians[0];
          double supplyKwh =
              hour.isEmpty()
                  ? 0
                  : supply.getOrDefault(zone, Map.of()).getOrDefault(Instant.parse(hour), 0.0);
          cells.add(new Cell(zone, loadKwh, supplyKwh, loadKwh > 0 ? medians[1] / loadKwh : 0));
        });
    return new HourlyMatching(cells);
  }

  private static Map<String, Map<Instant, Double>> supply(Facts facts) {
    Map<String, Map<Instant, Double>> supply = new HashMap<>();
    for (EvidenceRow row : facts.rowsOfPeriod("instruments")) {
      Map<Instant, Double> hours =
          supply.computeIfAbsent(row.text("zone"), missing -> new HashMap<>());
      Instant end = row.moment("to");
      double length = Duration.between(row.moment("from"), end).toMillis();
      Instant at = row.moment("from");
      while (at.isBefore(end)) {
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        Instant next = hour.plus(1, ChronoUnit.HOURS);
        Instant until = next.isBefore(end) ? next : end;
        double part = Duration.between(at, until).toMillis() / length;
        hours.merge(hour, row.number("energy_kwh") * part, Double::sum);
        at = until;
      }
    }
    return supply;
  }

  public double loadKwh() {
    return cells.stream().mapToDouble(Cell::loadKwh).sum();
  }

  /** Load that supply of the same zone and hour matches. */
  public double matchedKwh() {
    return cells.stream().mapToDouble(Cell::matchedKwh).sum();
  }

  /** Carbon of what no supply of its hour matches, at the average of its grid. */
  public double unmatchedGridKg() {
    return cells.stream()
        .mapToDouble(cell -> (cell.loadKwh() - cell.matchedKwh()) * cell.gridKgPerKwh())
        .sum();
  }
}
