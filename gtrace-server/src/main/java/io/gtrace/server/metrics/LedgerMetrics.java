package io.gtrace.server.metrics;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.server.organisation.LedgerView;
import io.gtrace.server.organisation.LedgerView.Answer;
import io.gtrace.server.organisation.LedgerView.Question;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a ledger holds, as gauges: in all, and by team, model and region, each with its interval.
 * All count from the first event on; what is forgotten or priced anew lowers or raises them.
 */
final class LedgerMetrics {
  private static final List<GroupBy> DIMENSIONS =
      List.of(GroupBy.TEAM, GroupBy.MODEL, GroupBy.REGION);
  private static final List<Measure> MEASURES =
      List.of(
          new Measure(Impact.CARBON_KG, "carbon_kilograms", "CO2e of"),
          new Measure(Impact.ENERGY_KWH, "energy_kilowatthours", "Electricity of"),
          new Measure(Impact.WATER_L, "water_liters", "Water of"));

  /** Series cost those who store them; the largest are told. */
  private static final int MOST_LINES = 500;

  private final LedgerView view;
  private final Optional<String> team;

  private record Measure(Impact impact, String name, String help) {}

  /**
   * @param team the only one to be told of; empty for all
   */
  LedgerMetrics(LedgerView view, Optional<String> team) {
    this.view = view;
    this.team = team;
  }

  List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> all = new ArrayList<>();
    QueryLine total = ask(List.of()).total();
    for (Measure measure : MEASURES) {
      GaugeSnapshot.Builder gauge =
          GaugeSnapshot.builder()
              .name("gtrace_" + measure.name())
              .help(measure.help() + " all activities in the ledger.");
      addBounds(gauge, total, measure.impact(), Labels.EMPTY);
      all.add(gauge.build());
    }
    all.add(
        gauge(
            "gtrace_activities",
            "Activities in the ledger.",
            List.of(point(Labels.EMPTY, (double) total.activities()))));
    for (GroupBy dimension : DIMENSIONS) {
      addDimension(all, dimension);
    }
    return all;
  }

  private void addDimension(List<MetricSnapshot> all, GroupBy dimension) {
    String name = dimension.label();
    List<QueryLine> lines = ask(List.of(dimension)).lines().stream().limit(MOST_LINES).toList();
    List<Footprint> footprints = lines.stream().map(QueryLine::footprint).toList();
    for (Measure measure : MEASURES) {
      // Found together, intervals take less work than one after the other.
      Footprint.quantities(footprints, measure.impact());
      GaugeSnapshot.Builder gauge =
          GaugeSnapshot.builder()
              .name("gtrace_" + name + "_" + measure.name())
              .help(measure.help() + " the activities of a " + name + ".");
      lines.forEach(
          line -> addBounds(gauge, line, measure.impact(), Labels.of(name, line.keys().get(0))));
      all.add(gauge.build());
    }
    all.add(
        gauge(
            "gtrace_" + name + "_activities",
            "Activities of a " + name + ".",
            lines.stream()
                .map(line -> point(Labels.of(name, line.keys().get(0)), (double) line.activities()))
                .toList()));
  }

  private Answer ask(List<GroupBy> by) {
    Map<GroupBy, String> only = team.map(name -> Map.of(GroupBy.TEAM, name)).orElse(Map.of());
    return view.ask(new Question(by, Period.ALL, only));
  }

  private static void addBounds(
      GaugeSnapshot.Builder gauge, QueryLine line, Impact impact, Labels labels) {
    Quantity quantity = line.footprint().quantity(impact).orElse(Quantity.ZERO);
    gauge.dataPoint(point(labels.add("bound", "low"), quantity.low()));
    gauge.dataPoint(point(labels.add("bound", "median"), quantity.median()));
    gauge.dataPoint(point(labels.add("bound", "high"), quantity.high()));
  }

  static GaugeSnapshot gauge(String name, String help, List<GaugeDataPointSnapshot> points) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    points.forEach(gauge::dataPoint);
    return gauge.build();
  }

  static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
