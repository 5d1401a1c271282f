package io.gtrace.governance.advice;

import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.routing.Criterion;
import io.gtrace.governance.routing.Host;
import io.gtrace.governance.routing.Movable;
import io.gtrace.governance.routing.PlacementProblem;
import io.gtrace.ledger.query.WorkOfHour;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.DrawnSite;
import io.gtrace.ratecard.HourRatios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Work of one year of grid factors and the sites that it could run at, as a problem of placement in
 * which nothing waits.
 */
final class RegionProblem {
  private final Replay replay;
  private final List<Load> loads;
  private final boolean isLimited;
  private final Sites sites;
  private final List<String> names;
  private final int[] slots;

  /**
   * @param loads of one year
   * @param isLimited whether sites have a capacity
   */
  RegionProblem(Replay replay, List<Load> loads, boolean isLimited) {
    this.replay = replay;
    this.loads = List.copyOf(loads);
    this.isLimited = isLimited;
    sites = new Sites(replay, loads);
    names = sites.names();
    slots =
        loads.stream()
            .flatMap(load -> load.hours().bySlot().keySet().stream())
            .mapToInt(Integer::intValue)
            .distinct()
            .sorted()
            .toArray();
  }

  /** Whether work could as well run elsewhere. */
  static boolean isMovable(Load load, Replay replay) {
    return !load.modality().goesByHardware()
        && load.workload().allows(RegionRouting.ID)
        && replay.isMovable(load);
  }

  Sites sites() {
    return sites;
  }

  /** Sites in the order of the hosts of the problem. */
  List<String> names() {
    return names;
  }

  /** The slot of the ledger that a slot of the problem is. */
  int slot(int t) {
    return slots[t];
  }

  Volumes volumes(Load load, int t) {
    return load.hours().bySlot().getOrDefault(slots[t], Volumes.NONE);
  }

  double[] demandKwh(Load load) {
    double[] demand = new double[slots.length];
    for (int t = 0; t < slots.length; t++) {
      demand[t] = replay.hardwareKwh(load, volumes(load, t));
    }
    return demand;
  }

  PlacementProblem byCarbon() {
    List<Movable> work = new ArrayList<>();
    double[] all = new double[slots.length];
    double networkKwh = 0;
    for (Load load : loads) {
      double[] demand = demandKwh(load);
      Arrays.setAll(all, t -> all[t] + demand[t]);
      networkKwh += replay.networkKwh(load, load.hours().total());
      work.add(
          new Movable(
              load.workload().name(), demand, 0, sites.rules(load), sites.latenciesMs(load)));
    }
    double hardwareKwh = Arrays.stream(all).sum();
    double network = hardwareKwh == 0 ? 0 : networkKwh / hardwareKwh;
    List<Host> hosts = names.stream().map(name -> host(name, all, network)).toList();
    return PlacementProblem.byCarbon(work, hosts, false);
  }

  /**
   * @param network energy of the network over that of hardware
   */
  private Host host(String name, double[] all, double network) {
    CardRow row = sites.row(name);
    List<HourRatios> ratios = replay.ratios(row);
    double carbonKg = perKwh(row, Impact.OPERATIONAL_LOCATION_BASED_KG, network);
    double waterL =
        perKwh(row, Impact.WATER_ON_SITE_L, network)
            + perKwh(row, Impact.WATER_ELECTRICITY_L, network);
    double facilityKwh = perKwh(row, Impact.ENERGY_KWH, 0);
    double price = replay.organisation().prices().electricityPerKwh().getOrDefault(name, 0.0);
    Map<Criterion, double[]> costs = new EnumMap<>(Criterion.class);
    costs.put(Criterion.CARBON_KG, new double[slots.length]);
    costs.put(Criterion.WATER_L, new double[slots.length]);
    costs.put(Criterion.COST, new double[slots.length]);
    for (int t = 0; t < slots.length; t++) {
      boolean isTold = !ratios.isEmpty() && slots[t] != WorkOfHour.NO_TIME;
      double ratio = isTold ? ratios.get(slots[t]).locationBased() : 1;
      set(costs, Criterion.CARBON_KG, t, carbonKg * ratio);
      set(costs, Criterion.WATER_L, t, waterL);
      set(costs, Criterion.COST, t, price * facilityKwh);
    }
    return new Host(name, capacityKwh(name, all), costs);
  }

  private static void set(
      Map<Criterion, double[]> costs, Criterion criterion, int t, double perKwh) {
    costs.computeIfPresent(
        criterion,
        (same, bySlot) -> {
          bySlot[t] = perKwh;
          return bySlot;
        });
  }

  private static double perKwh(CardRow row, Impact impact, double network) {
    DrawnSite.PerKwh perKwh =
        Optional.ofNullable(row.drawn().site().perKwh().get(impact)).orElseThrow();
    return perKwh.inside().median() + network * perKwh.network().median();
  }

  /**
   * What the organisation says; else a share of the work that comes from elsewhere beside what is
   * there today.
   */
  private double[] capacityKwh(String name, double[] all) {
    double[] capacity = new double[slots.length];
    Arrays.fill(capacity, Double.POSITIVE_INFINITY);
    if (!isLimited) {
      return capacity;
    }
    Double kw = replay.organisation().capacityKw().get(name);
    double[] here = new double[slots.length];
    for (Load load : loads) {
      if (replay.row(load).site().equals(name)) {
        double[] demand = demandKwh(load);
        Arrays.setAll(here, t -> here[t] + demand[t]);
      }
    }
    double share = replay.assumed("region-capacity-share").median();
    int year = loads.get(0).year().orElse(0);
    for (int t = 0; t < slots.length; t++) {
      if (kw == null) {
        capacity[t] = here[t] + (all[t] - here[t]) * share;
      } else {
        int hours =
            slots[t] == WorkOfHour.NO_TIME ? replay.hoursIn(year) : replay.hoursIn(year, slots[t]);
        capacity[t] = hours == 0 ? Double.POSITIVE_INFINITY : kw * hours;
      }
    }
    return capacity;
  }
}
