package io.gtrace.governance.advice;

import io.gtrace.activity.Volumes;
import io.gtrace.factor.Position;
import io.gtrace.governance.routing.Placement.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
  static final String ID = "region-routing";

  private static final Description ABOUT =
      new Description(
          ID,
          "Run the work where the grid is cleaner",
          "work that could move to another region",
          Effort.CODE,
          List.of("region-capacity-share"),
          "What moving data costs is left out, and so are laws on where data may go unless workloads"
              + " say them. Work at places that are no region of a cloud stays unless regions are"
              + " named. Hours are those of the mean day of a month.");

  private static final int SHOWN = 3;

  /** Less of an hour's work is rounding. */
  private static final double UNPLACED = 1e-9;

  @Override
  public Description about() {
    return ABOUT;
  }

  @Override
  public Change applied(List<Load> loads, Replay replay) {
    List<Load> changed = new ArrayList<>();
    Map<OptionalInt, List<Load>> movable = new HashMap<>();
    for (Load load : loads) {
      if (RegionProblem.isMovable(load, replay)) {
        movable.computeIfAbsent(load.year(), missing -> new ArrayList<>()).add(load);
      } else {
        changed.add(load);
      }
    }
    Moves moves = new Moves();
    movable.forEach((year, ofYear) -> changed.addAll(new OfYear(replay, ofYear).placed(moves)));
    return new Change(changed, moves.detail(), moves.sideEffects(), moves.command(replay));
  }

  /** What was moved where, for people. */
  private static final class Moves {
    private final Map<String, Double> kwhByMove = new TreeMap<>();
    private final TreeSet<String> regions = new TreeSet<>();
    private double allKwh;
    private double furtherMs;
    private double furthestMs;
    private final Map<String, Double> kwhByModel = new TreeMap<>();
    private final Map<String, Volumes> volumesByModel = new TreeMap<>();

    void add(Load load, String from, String to, double kwh, double further) {
      allKwh += kwh;
      if (!from.equals(to)) {
        kwhByMove.merge(from + " to " + to, kwh, Double::sum);
        regions.add(from);
        regions.add(to);
        furtherMs += kwh * further;
        furthestMs = Math.max(furthestMs, further);
        kwhByModel.merge(load.subject(), kwh, Double::sum);
        volumesByModel.merge(load.subject(), load.hours().total(), Volumes::plus);
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

    Optional<String> command(Replay replay) {
      return kwhByModel.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(model ->
              "gtrace route --model "
                  + model.getKey()
                  + " --regions "
                  + String.join(",", regions)
                  + MeanTokens.options(volumesByModel.getOrDefault(model.getKey(), Volumes.NONE))
                  + (replay.catalogue().findModel(model.getKey()).isPresent()
                      ? ""
                      : " --allow-fallback"));
    }
  }

  /** The work of one year of grid factors. */
  private final class OfYear {
    private final Replay replay;
    private final List<Load> loads;
    private final RegionProblem problem;

    OfYear(Replay replay, List<Load> loads) {
      this.replay = replay;
      this.loads = loads;
      problem = new RegionProblem(replay, loads, isLimited);
    }

    List<Load> placed(Moves moves) {
      Map<Integer, Map<Integer, Map<Integer, Double>>> kwh = new TreeMap<>();
      for (Part part : problem.byCarbon().solved().parts()) {
        kwh.computeIfAbsent(part.work(), missing -> new TreeMap<>())
            .computeIfAbsent(part.host(), missing -> new TreeMap<>())
            .merge(part.to(), part.kwh(), Double::sum);
      }
      List<Load> result = new ArrayList<>();
      for (int w = 0; w < loads.size(); w++) {
        result.addAll(split(loads.get(w), kwh.getOrDefault(w, Map.of()), moves));
      }
      return result;
    }

    private List<Load> split(Load load, Map<Integer, Map<Integer, Double>> byHost, Moves moves) {
      String here = replay.row(load).site();
      double[] demand = problem.demandKwh(load);
      double[] left = new double[demand.length];
      Arrays.fill(left, 1);
      Optional<Position> users = problem.sites().users(load);
      List<Load> parts = new ArrayList<>();
      Map<Integer, Volumes> stays = new TreeMap<>();
      byHost.forEach((host, byTime) -> {
        String there = problem.names().get(host);
        Map<Integer, Volumes> volumes = there.equals(here) ? stays : new TreeMap<>();
        double kwh = 0;
        for (Map.Entry<Integer, Double> then : byTime.entrySet()) {
          int t = then.getKey();
          double share = Math.min(1, then.getValue() / demand[t]);
          kwh += then.getValue();
          left[t] -= share;
          volumes.put(problem.slot(t), problem.volumes(load, t).times(share));
        }
        double further =
            users
                .map(from ->
                    problem.sites().roundTripMs(from, there)
                        - problem.sites().roundTripMs(from, here))
                .orElse(0.0);
        moves.add(load, here, there, kwh, further);
        if (!there.equals(here)) {
          parts.add(load.at(there, new Hours(volumes)));
        }
      });
      // What takes no energy, or next to none, has nowhere to go.
      for (int t = 0; t < left.length; t++) {
        if (left[t] > UNPLACED) {
          stays.merge(problem.slot(t), problem.volumes(load, t).times(left[t]), Volumes::plus);
        }
      }
      if (!stays.isEmpty()) {
        parts.add(load.at(load.site(), new Hours(stays)));
      }
      return parts;
    }
  }
}
