package io.gtrace.governance.advice;

import io.gtrace.activity.Volumes;
import io.gtrace.governance.advice.Adjustment.Scaled;
import io.gtrace.governance.advice.Adjustment.Scope;
import io.gtrace.governance.routing.Criterion;
import io.gtrace.governance.routing.Host;
import io.gtrace.governance.routing.Movable;
import io.gtrace.governance.routing.Placement.Part;
import io.gtrace.governance.routing.PlacementProblem;
import io.gtrace.ledger.query.WorkOfHour;
import io.gtrace.ratecard.HourRatios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lets what can wait run in the cleanest hour that comes, at the site where it is.
 *
 * @param isLimited whether the site can take no more in an hour than it takes in its busiest today
 */
record TimeShifting(boolean isLimited) implements Action {
  private static final Description ABOUT =
      new Description(
          "time-shifting",
          "Let what can wait run in cleaner hours",
          "work that could wait",
          Effort.CODE,
          List.of("deferrable-share", "slack-hours"),
          "Only grids whose hours are known count; hours are those of the mean day of a month, as"
              + " which they are foreseen.");

  private static final int HOURS = 24;
  private static final int MONTHS = 12;

  /** Less of an hour's work is rounding. */
  private static final double UNPLACED = 1e-9;

  @Override
  public Description about() {
    return ABOUT;
  }

  /** Work that shares a machine room in a year. */
  private record Room(String site, OptionalInt year) {}

  @Override
  public Change applied(List<Load> loads, Replay replay) {
    Map<Room, List<Load>> rooms = new LinkedHashMap<>();
    List<Load> changed = new ArrayList<>();
    for (Load load : loads) {
      if (replay.ratios(replay.row(load)).isEmpty()) {
        changed.add(load);
      } else {
        rooms
            .computeIfAbsent(
                new Room(replay.row(load).site(), load.year()), missing -> new ArrayList<>())
            .add(load);
      }
    }
    double[] waits = new double[2];
    rooms.values().forEach(each -> changed.addAll(shifted(each, replay, waits)));
    return waits[0] == 0
        ? Change.of(changed, "")
        : Change.of(
            changed,
            "",
            String.format(
                Locale.ROOT, "what is moved waits %.1f h on average", waits[1] / waits[0]));
  }

  private boolean mayWait(Load load) {
    return load.workload().allows(ABOUT.id())
        && load.workload().slackHours().orElse(1) > 0
        && !load.hours().bySlot().keySet().equals(Set.of(WorkOfHour.NO_TIME));
  }

  private static int slack(Load load, Replay replay) {
    int hours =
        load.workload()
            .slackHours()
            .orElseGet(() -> (int) Math.round(replay.assumed("slack-hours").median()));
    return Math.min(hours, HOURS - 1);
  }

  /** Of work of which was said how long it may wait, all may; else a share of it. */
  private static double share(Load load, Replay replay) {
    return load.workload().slackHours().isPresent()
        ? 1
        : Math.min(1, replay.assumed("deferrable-share").median());
  }

  private List<Load> shifted(List<Load> loads, Replay replay, double[] waits) {
    List<Load> result = new ArrayList<>();
    List<Load> waiting = new ArrayList<>();
    for (Load load : loads) {
      if (!mayWait(load)) {
        result.add(load);
        continue;
      }
      waiting.add(load);
      if (load.workload().slackHours().isEmpty()) {
        result.add(load.adjusted(new Scaled(Scope.WORK, replay.allBut("deferrable-share"))));
      }
    }
    if (waiting.isEmpty()) {
      return result;
    }
    List<Map<Integer, Volumes>> later = new ArrayList<>();
    for (Load load : waiting) {
      Map<Integer, Volumes> hours = new TreeMap<>();
      Optional.ofNullable(load.hours().bySlot().get(WorkOfHour.NO_TIME))
          .ifPresent(volumes -> hours.put(WorkOfHour.NO_TIME, volumes));
      later.add(hours);
    }
    for (int month = 0; month < MONTHS; month++) {
      shift(month, loads, waiting, replay, later, waits);
    }
    for (int w = 0; w < waiting.size(); w++) {
      Load load = waiting.get(w);
      Load moved = load.at(load.site(), new Hours(later.get(w)));
      result.add(
          load.workload().slackHours().isPresent()
              ? moved
              : moved.adjusted(new Scaled(Scope.WORK, replay.assumed("deferrable-share"))));
    }
    return result;
  }

  private void shift(
      int month,
      List<Load> loads,
      List<Load> waiting,
      Replay replay,
      List<Map<Integer, Volumes>> later,
      double[] waits) {
    List<Movable> work = new ArrayList<>();
    for (Load load : waiting) {
      double[] demand = demand(month, load, replay);
      double share = share(load, replay);
      work.add(
          new Movable(
              load.workload().name(),
              Arrays.stream(demand).map(kwh -> kwh * share).toArray(),
              slack(load, replay),
              List.of()));
    }
    Host host = host(month, loads, work, replay);
    double[][] left = new double[waiting.size()][HOURS];
    for (double[] each : left) {
      Arrays.fill(each, 1);
    }
    for (Part part : PlacementProblem.byCarbon(work, List.of(host), true).solved().parts()) {
      double ofDemand = Math.min(1, part.kwh() / work.get(part.work()).demandKwh()[part.from()]);
      left[part.work()][part.from()] -= ofDemand;
      Volumes volumes =
          waiting
              .get(part.work())
              .hours()
              .bySlot()
              .getOrDefault(month * HOURS + part.from(), Volumes.NONE)
              .times(ofDemand);
      later.get(part.work()).merge(month * HOURS + part.to(), volumes, Volumes::plus);
      waits[0] += part.kwh();
      waits[1] += part.kwh() * Math.floorMod(part.to() - part.from(), HOURS);
    }
    for (int w = 0; w < left.length; w++) {
      for (int hour = 0; hour < HOURS; hour++) {
        Volumes volumes = waiting.get(w).hours().bySlot().get(month * HOURS + hour);
        // What takes no energy, or next to none, runs when it comes.
        if (volumes != null && left[w][hour] > UNPLACED) {
          later.get(w).merge(month * HOURS + hour, volumes.times(left[w][hour]), Volumes::plus);
        }
      }
    }
  }

  private static double[] demand(int month, Load load, Replay replay) {
    double[] demand = new double[HOURS];
    for (int hour = 0; hour < HOURS; hour++) {
      Volumes volumes = load.hours().bySlot().get(month * HOURS + hour);
      demand[hour] = volumes == null ? 0 : replay.hardwareKwh(load, volumes);
    }
    return demand;
  }

  private Host host(int month, List<Load> loads, List<Movable> work, Replay replay) {
    double[] today = new double[HOURS];
    for (Load load : loads) {
      double[] demand = demand(month, load, replay);
      for (int hour = 0; hour < HOURS; hour++) {
        today[hour] += demand[hour];
      }
    }
    double busiest = Arrays.stream(today).max().orElse(0);
    List<HourRatios> ratios = replay.ratios(replay.row(loads.get(0)));
    double[] room = new double[HOURS];
    double[] carbon = new double[HOURS];
    for (int hour = 0; hour < HOURS; hour++) {
      int at = hour;
      double movable = work.stream().mapToDouble(each -> each.demandKwh()[at]).sum();
      double stays = Math.max(0, today[hour] - movable);
      room[hour] = isLimited ? busiest - stays : Double.POSITIVE_INFINITY;
      carbon[hour] = ratios.get(month * HOURS + hour).locationBased();
    }
    return new Host(replay.row(loads.get(0)).site(), room, Map.of(Criterion.CARBON_KG, carbon));
  }
}
