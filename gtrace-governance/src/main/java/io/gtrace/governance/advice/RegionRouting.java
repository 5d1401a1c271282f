package io.gtrace.governance.advice;

import io.gtrace.activity.Modality;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.Position;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.routing.Criterion;
import io.gtrace.governance.routing.Host;
import io.gtrace.governance.routing.Movable;
import io.gtrace.governance.routing.Placement;
import io.gtrace.governance.routing.Placement.Part;
import io.gtrace.governance.routing.PlacementProblem;
import io.gtrace.ledger.query.HourlyWork;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.DrawnSite;
import io.gtrace.ratecard.HourRatios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs each hour's work in the regions that emit least, within capacity, residency and latency.
 *
 * @param isLimited whether regions have a capacity
 */
record RegionRouting(boolean isLimited) implements Action {
  private static final Description ABOUT =
      new Description(
          "region-routing",
          "Run the work where the grid is cleaner",
          Effort.CODE,
          List.of("region-capacity-share"),
          "Prices, what moving data costs and laws on where data may go are left out unless"
              + " workloads say them; hours are those of the mean day of a month.");

  private static final int SHOWN = 3;
  private static final double MOVED = 1e-9;

  @Override
  public Description about() {
    return ABOUT;
  }

  @Override
  public Change applied(List<Load> loads, Replay replay) {
    List<Load> changed = new ArrayList<>();
    Map<OptionalInt, List<Load>> movable = new HashMap<>();
    for (Load load : loads) {
      if (load.modality() != Modality.TRAINING
          && load.workload().allows(ABOUT.id())
          && replay.isMovable(load)) {
        movable.computeIfAbsent(load.year(), missing -> new ArrayList<>()).add(load);
      } else {
        changed.add(load);
      }
    }
    Moves moves = new Moves();
    movable.forEach((year, ofYear) -> changed.addAll(new OfYear(replay, ofYear).placed(moves)));
    return new Change(changed, moves.detail(), moves.sideEffects(), moves.command());
  }

  /** What was moved where, for people. */
  private static final class Moves {
    private final Map<String, Double> kwhByMove = new TreeMap<>();
    private final TreeSet<String> regions = new TreeSet<>();
    private double allKwh;
    private double furtherMs;
    private double furthestMs;
    private final Map<String, Double> kwhByModel = new TreeMap<>();

    void add(Load load, String from, String to, double kwh, double further) {
      allKwh += kwh;
      if (!from.equals(to)) {
        kwhByMove.merge(from + " to " + to, kwh, Double::sum);
        regions.add(from);
        regions.add(to);
        furtherMs += kwh * further;
        furthestMs = Math.max(furthestMs, further);
        kwhByModel.merge(load.subject(), kwh, Double::sum);
      }
    }

    String detail() {
      return kwhByMove.entrySet().stream()
          .sorted(Comparator.comparingDouble((Map.Entry<String, Double> move) -> -move.getValue()))
          .limit(SHOWN)
          .map(move ->
              String.format(
                  Locale.ROOT, "%s (%.0f %%)", move.getKey(), 100 * move.getValue() / allKwh))
          .reduce((one, more) -> one + ", " + more)
          .orElse("");
    }

    List<String> sideEffects() {
      return kwhByMove.isEmpty()
          ? List.of()
          : List.of(
              String.format(
                  Locale.ROOT,
                  "round trips longer by %.0f ms on average, %.0f ms at most",
                  furtherMs / allKwh,
                  furthestMs));
    }

    Optional<String> command() {
      return kwhByModel.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(model ->
              "gtrace route --model " + model.getKey() + " --regions " + String.join(",", regions));
    }
  }

  /** The work of one year of grid factors. */
  private final class OfYear {
    private final Replay replay;
    private final List<Load> loads;
    private final Sites sites;
    private final List<String> names;
    private final int[] slots;

    OfYear(Replay replay, List<Load> loads) {
      this.replay = replay;
      this.loads = loads;
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

    List<Load> placed(Moves moves) {
      List<Movable> work = new ArrayList<>();
      double[] all = new double[slots.length];
      double[] networkShare = new double[2];
      for (Load load : loads) {
        double[] demand = demand(load);
        for (int t = 0; t < slots.length; t++) {
          all[t] += demand[t];
        }
        Volumes total = load.hours().total();
        networkShare[0] += replay.networkKwh(load, total);
        networkShare[1] += replay.hardwareKwh(load, total);
        work.add(new Movable(load.workload().name(), demand, 0, sites.rules(load)));
      }
      double network = networkShare[1] == 0 ? 0 : networkShare[0] / networkShare[1];
      List<Host> hosts = names.stream().map(name -> host(name, all, network)).toList();
      Placement placed = PlacementProblem.byCarbon(work, hosts, false).solved();
      return loads(placed, moves);
    }

    private double[] demand(Load load) {
      double[] demand = new double[slots.length];
      for (int t = 0; t < slots.length; t++) {
        demand[t] =
            replay.hardwareKwh(load, load.hours().bySlot().getOrDefault(slots[t], Volumes.NONE));
      }
      return demand;
    }

    private Host host(String name, double[] all, double network) {
      CardRow row = sites.row(name);
      List<HourRatios> ratios = replay.ratios(row);
      DrawnSite.PerKwh perKwh =
          Optional.ofNullable(row.drawn().site().perKwh().get(Impact.OPERATIONAL_LOCATION_BASED_KG))
              .orElseThrow();
      double ofYear = perKwh.inside().median() + network * perKwh.network().median();
      double[] carbon = new double[slots.length];
      for (int t = 0; t < slots.length; t++) {
        boolean isTold = !ratios.isEmpty() && slots[t] != HourlyWork.NO_TIME;
        carbon[t] = ofYear * (isTold ? ratios.get(slots[t]).locationBased() : 1);
      }
      Map<Criterion, double[]> costs = new EnumMap<>(Criterion.class);
      costs.put(Criterion.CARBON_KG, carbon);
      return new Host(name, capacity(name, all), costs);
    }

    /** What the organisation says; else what is there today, and a share of all work elsewhere. */
    private double[] capacity(String name, double[] all) {
      double[] capacity = new double[slots.length];
      Arrays.fill(capacity, Double.POSITIVE_INFINITY);
      Double kw = replay.organisation().capacityKw().get(name);
      boolean isHome = loads.stream().anyMatch(load -> replay.row(load).site().equals(name));
      for (int t = 0; isLimited && t < slots.length; t++) {
        if (kw != null && slots[t] != HourlyWork.NO_TIME) {
          capacity[t] = kw * replay.hoursIn(loads.get(0).year().orElse(0), slots[t]);
        } else if (kw == null && !isHome) {
          capacity[t] = all[t] * replay.assumed("region-capacity-share").median();
        } else if (kw == null) {
          capacity[t] = homeCapacity(name, all[t], t);
        }
      }
      return capacity;
    }

    /** A region that has work today keeps room for it, and takes as much of others' as any. */
    private double homeCapacity(String name, double all, int t) {
      double here = 0;
      for (Load load : loads) {
        if (replay.row(load).site().equals(name)) {
          here +=
              replay.hardwareKwh(load, load.hours().bySlot().getOrDefault(slots[t], Volumes.NONE));
        }
      }
      return here + (all - here) * replay.assumed("region-capacity-share").median();
    }

    private List<Load> loads(Placement placed, Moves moves) {
      Map<Integer, Map<Integer, Map<Integer, Double>>> kwh = new TreeMap<>();
      for (Part part : placed.parts()) {
        kwh.computeIfAbsent(part.work(), missing -> new TreeMap<>())
            .computeIfAbsent(part.host(), missing -> new TreeMap<>())
            .merge(part.to(), part.kwh(), Double::sum);
      }
      List<Load> result = new ArrayList<>();
      for (int w = 0; w < loads.size(); w++) {
        Map<Integer, Map<Integer, Double>> byHost = kwh.getOrDefault(w, Map.of());
        if (byHost.isEmpty()) {
          // Work that takes no energy has nowhere to go.
          result.add(loads.get(w));
        } else {
          result.addAll(split(loads.get(w), byHost, moves));
        }
      }
      return result;
    }

    private List<Load> split(Load load, Map<Integer, Map<Integer, Double>> byHost, Moves moves) {
      String here = replay.row(load).site();
      double[] demand = demand(load);
      Optional<Position> users = sites.users(load);
      List<Load> parts = new ArrayList<>();
      byHost.forEach((host, byTime) -> {
        String there = names.get(host);
        Map<Integer, Volumes> volumes = new TreeMap<>();
        double moved = 0;
        for (Map.Entry<Integer, Double> then : byTime.entrySet()) {
          int t = then.getKey();
          double share = Math.min(1, then.getValue() / demand[t]);
          moved += then.getValue();
          volumes.put(
              slots[t], load.hours().bySlot().getOrDefault(slots[t], Volumes.NONE).times(share));
        }
        if (moved > MOVED * Arrays.stream(demand).sum()) {
          double further =
              users
                  .map(from -> sites.roundTripMs(from, there) - sites.roundTripMs(from, here))
                  .orElse(0.0);
          moves.add(load, here, there, moved, further);
        }
        parts.add(load.at(there.equals(here) ? load.site() : there, new Hours(volumes)));
      });
      return parts;
    }
  }
}
