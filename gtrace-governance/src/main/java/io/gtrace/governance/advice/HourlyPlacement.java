package io.gtrace.governance.advice;

import io.gtrace.activity.Volumes;
import io.gtrace.factor.HourlyProfile;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.routing.Criterion;
import io.gtrace.governance.routing.Foresight;
import io.gtrace.governance.routing.Host;
import io.gtrace.governance.routing.Movable;
import io.gtrace.governance.routing.Placement;
import io.gtrace.governance.routing.PlacementProblem;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.DrawnSite;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The work of a ledger placed over the true hours of its grids: what someone avoids who forecasts,
 * and what someone would who foresaw. Work of an hour of the day is spread evenly over the days of
 * its month. Electricity alone, at the medians.
 *
 * @param todayKg carbon where and when the work runs today
 * @param oracleKg with foresight and without limits
 * @param limitedOracleKg with foresight, within capacity
 * @param forecastKg with each hour taken to be like the mean of the same hour on the days before,
 *     within capacity
 * @param hours that were compared
 * @param leftOut sites with work whose grid has no hours in the file, or that cannot move
 */
public record HourlyPlacement(
    double todayKg,
    double oracleKg,
    double limitedOracleKg,
    double forecastKg,
    int hours,
    Set<String> leftOut) {
  private static final int DAYS_BACK = 7;
  private static final long SECONDS_PER_HOUR = 3_600;

  public HourlyPlacement {
    leftOut = Set.copyOf(leftOut);
  }

  /** Part of today's carbon that a forecast avoids. */
  public double saved() {
    return todayKg == 0 ? 0 : 1 - forecastKg / todayKg;
  }

  /**
   * Compares them.
   *
   * @throws IllegalArgumentException if no work lies in the hours
   * @throws io.gtrace.governance.routing.InfeasiblePlacementException if constraints conflict
   */
  public static HourlyPlacement of(Replay replay, GridHours grids) {
    return new Comparison(replay, grids).compared();
  }

  private static final class Comparison {
    private final Replay replay;
    private final GridHours grids;
    private final int hours;
    private final List<Load> loads = new ArrayList<>();
    private final Set<String> leftOut = new TreeSet<>();

    Comparison(Replay replay, GridHours grids) {
      this.replay = replay;
      this.grids = grids;
      hours = grids.hours();
      for (Load load : replay.loads()) {
        CardRow row = replay.row(load);
        boolean isKnown =
            !load.modality().goesByHardware()
                && replay.isMovable(load)
                && grids.kgPerKwh().containsKey(row.zone().id());
        if (isKnown) {
          loads.add(load);
        } else {
          leftOut.add(row.site());
        }
      }
    }

    HourlyPlacement compared() {
      if (loads.isEmpty()) {
        throw new IllegalArgumentException(
            "the hours are of "
                + String.join(", ", new TreeSet<>(grids.kgPerKwh().keySet()))
                + ", but no work that could move runs on these grids");
      }
      Sites sites = new Sites(replay, loads);
      List<String> names =
          sites.names().stream()
              .filter(name -> grids.kgPerKwh().containsKey(sites.row(name).zone().id()))
              .toList();
      List<Movable> work = new ArrayList<>();
      double[] all = new double[hours];
      for (Load load : loads) {
        double[] demand = demand(load);
        Arrays.setAll(all, t -> all[t] + demand[t]);
        boolean mayWait = load.workload().allows("time-shifting");
        int slack = mayWait ? load.workload().slackHours().orElse(0) : 0;
        work.add(new Movable(load.workload().name(), demand, slack, sites.rules(load)));
      }
      if (Arrays.stream(all).sum() == 0) {
        throw new IllegalArgumentException("no work of the ledger lies in the hours of the file");
      }
      List<Host> hosts = names.stream().map(name -> host(name, sites.row(name), all)).toList();
      Foresight foresight = Foresight.of(PlacementProblem.byCarbon(work, hosts, false), DAYS_BACK);
      return new HourlyPlacement(
          today(work, hosts, names, foresight.firstSlot()),
          kg(foresight.oracle()),
          kg(foresight.limitedOracle()),
          kg(foresight.forecast()),
          hours - foresight.firstSlot(),
          leftOut);
    }

    private static double kg(Placement placement) {
      return placement.total(Criterion.CARBON_KG);
    }

    private double[] demand(Load load) {
      double[] demand = new double[hours];
      for (int t = 0; t < hours; t++) {
        Instant hour = grids.start().plusSeconds(SECONDS_PER_HOUR * t);
        int year = hour.atZone(ZoneOffset.UTC).getYear();
        int slot = HourlyProfile.slotOf(hour);
        Volumes volumes = load.hours().bySlot().get(slot);
        if (volumes != null && load.year().orElse(year) == year) {
          demand[t] = replay.hardwareKwh(load, volumes) / replay.hoursIn(year, slot);
        }
      }
      return demand;
    }

    private Host host(String name, CardRow row, double[] all) {
      DrawnSite.PerKwh energy =
          Optional.ofNullable(row.drawn().site().perKwh().get(Impact.ENERGY_KWH)).orElseThrow();
      double[] grid = Optional.ofNullable(grids.kgPerKwh().get(row.zone().id())).orElseThrow();
      double[] carbon = new double[hours];
      double[] capacity = new double[hours];
      Double kw = replay.organisation().capacityKw().get(name);
      double share = replay.assumed("region-capacity-share").median();
      double[] here = new double[hours];
      for (Load load : loads) {
        if (replay.row(load).site().equals(name)) {
          double[] demand = demand(load);
          Arrays.setAll(here, t -> here[t] + demand[t]);
        }
      }
      double busiest = Arrays.stream(here).max().orElse(0);
      for (int t = 0; t < hours; t++) {
        carbon[t] = energy.inside().median() * grid[t];
        capacity[t] = kw != null ? kw : busiest + (all[t] - here[t]) * share;
      }
      return new Host(name, capacity, Map.of(Criterion.CARBON_KG, carbon));
    }

    private double today(List<Movable> work, List<Host> hosts, List<String> names, int firstSlot) {
      double kg = 0;
      for (int w = 0; w < work.size(); w++) {
        int home = names.indexOf(replay.row(loads.get(w)).site());
        double[] carbon =
            Optional.ofNullable(hosts.get(home).perKwh().get(Criterion.CARBON_KG)).orElseThrow();
        for (int t = firstSlot; t < hours; t++) {
          kg += work.get(w).demandKwh()[t] * carbon[t];
        }
      }
      return kg;
    }
  }
}
