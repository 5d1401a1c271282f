package io.gtrace.governance.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fills hosts in the order of what they cost, each as far as any work can be moved into it.
 *
 * <p>What loads a set of places (a host in a slot) can take from work that arrives is a polymatroid
 * (the loads of a flow network), and a linear cost over the bases of a polymatroid is least for the
 * greedy one (Edmonds 1970): take the cheapest place, send as much through it as can be sent
 * without taking load from places that came before, and go on to the next. Load is sent along
 * augmenting paths: work that came to rest in a cheaper place may make room there for other work.
 * So the result is the optimum of the linear programme.
 */
final class CapacityFlow {
  private static final double NEGLIGIBLE = 1e-12;

  private final PlacementProblem problem;
  private final int slots;
  private final boolean[][] allowed;
  private final double negligibleKwh;

  /** Work of one slot, as work times slots plus slot. */
  private final double[] waitingKwh;

  /** For each work of a slot, the places that it rests in, and how much in each. */
  private final List<Resting> resting = new ArrayList<>();

  /** Work of slots that no more can be moved for: nothing that still waits could take its room. */
  private final BitSet settled = new BitSet();

  private double allWaitingKwh;

  private static final class Resting {
    int count;
    int[] places = new int[2];
    double[] kwh = new double[2];

    int find(int place) {
      for (int n = 0; n < count; n++) {
        if (places[n] == place) {
          return n;
        }
      }
      return -1;
    }

    void add(int place, double more) {
      int n = find(place);
      if (n >= 0) {
        kwh[n] += more;
        return;
      }
      if (count == places.length) {
        places = Arrays.copyOf(places, 2 * count);
        kwh = Arrays.copyOf(kwh, 2 * count);
      }
      places[count] = place;
      kwh[count++] = more;
    }

    void take(int place, double less, double negligible) {
      int n = find(place);
      kwh[n] -= less;
      if (kwh[n] <= negligible) {
        count--;
        places[n] = places[count];
        kwh[n] = kwh[count];
      }
    }
  }

  private CapacityFlow(PlacementProblem problem) {
    this.problem = problem;
    slots = problem.slots();
    int works = problem.work().size();
    allowed = new boolean[works][problem.hosts().size()];
    waitingKwh = new double[works * slots];
    for (int w = 0; w < works; w++) {
      Movable movable = problem.work().get(w);
      for (int h = 0; h < problem.hosts().size(); h++) {
        allowed[w][h] = movable.mayRunOn(problem.hosts().get(h).name());
      }
      System.arraycopy(movable.demandKwh(), 0, waitingKwh, w * slots, slots);
    }
    for (double each : waitingKwh) {
      resting.add(new Resting());
      allWaitingKwh += each;
    }
    negligibleKwh = NEGLIGIBLE * allWaitingKwh;
  }

  static Placement placed(PlacementProblem problem) {
    CapacityFlow flow = new CapacityFlow(problem);
    flow.fillAll();
    if (flow.waits()) {
      throw new InfeasiblePlacementException(Conflict.in(problem, flow.unplaceable()));
    }
    return problem.placement(flow.parts());
  }

  /** Whether all work can be placed. */
  static boolean isFeasible(PlacementProblem problem) {
    CapacityFlow flow = new CapacityFlow(problem);
    flow.fillAll();
    return !flow.waits();
  }

  private void fillAll() {
    int places = problem.hosts().size() * slots;
    double[] costs = new double[places];
    for (int place = 0; place < places; place++) {
      costs[place] = problem.cost(place / slots, place % slots);
    }
    int[] cheapestFirst =
        IntStream.range(0, places)
            .boxed()
            .sorted(Comparator.comparingDouble(place -> costs[place]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int place : cheapestFirst) {
      if (!waits()) {
        return;
      }
      fill(place);
    }
  }

  private boolean waits() {
    return allWaitingKwh > negligibleKwh * waitingKwh.length;
  }

  private void fill(int place) {
    double roomKwh = problem.hosts().get(place / slots).capacityKwh()[place % slots];
    roomKwh = takeWaiting(place, roomKwh);
    while (roomKwh > negligibleKwh) {
      double moved = moveOne(place, roomKwh);
      if (moved == 0) {
        return;
      }
      roomKwh -= moved;
    }
  }

  /** Work that waits and may run there needs no one to make room. */
  private double takeWaiting(int place, double room) {
    double left = room;
    int host = place / slots;
    int slot = place % slots;
    for (int w = 0; w < allowed.length && left > negligibleKwh; w++) {
      int slack = allowed[w][host] ? problem.work().get(w).slack() : -1;
      for (int late = 0; late <= slack; late++) {
        int from = problem.before(slot, late);
        if (from < 0) {
          break;
        }
        int source = w * slots + from;
        double kwh = Math.min(left, waitingKwh[source]);
        if (kwh > negligibleKwh) {
          resting.get(source).add(place, kwh);
          waitingKwh[source] -= kwh;
          allWaitingKwh -= kwh;
          left -= kwh;
        }
      }
    }
    return left;
  }

  /** Who moved into which place on the way to work that waits. */
  private static final class Search {
    final Deque<Integer> open = new ArrayDeque<>();
    final BitSet places = new BitSet();

    /** The place that this work would move into, plus one; 0 of work not seen. */
    final int[] into;

    /** The work that would leave this place. */
    final int[] leaver;

    Search(int sources, int allPlaces) {
      into = new int[sources];
      leaver = new int[allPlaces];
    }
  }

  /**
   * Moves some work into a place so that some that waits finds room.
   *
   * @return kWh; 0 if there is no way
   */
  private double moveOne(int place, double room) {
    Search search = new Search(waitingKwh.length, problem.hosts().size() * slots);
    search.open.add(place);
    search.places.set(place);
    while (!search.open.isEmpty()) {
      int at = search.open.removeFirst();
      int found = visit(search, at);
      if (found >= 0) {
        return augment(search, found, place, room);
      }
    }
    for (int source = 0; source < search.into.length; source++) {
      if (search.into[source] > 0) {
        settled.set(source);
      }
    }
    return 0;
  }

  /** Looks at all work that may run in a place; gives some that waits, or -1. */
  private int visit(Search search, int place) {
    int host = place / slots;
    int slot = place % slots;
    for (int w = 0; w < allowed.length; w++) {
      int slack = allowed[w][host] ? problem.work().get(w).slack() : -1;
      for (int late = 0; late <= slack; late++) {
        int from = problem.before(slot, late);
        if (from < 0) {
          break;
        }
        int source = w * slots + from;
        if (search.into[source] > 0 || settled.get(source)) {
          continue;
        }
        search.into[source] = place + 1;
        if (waitingKwh[source] > negligibleKwh) {
          return source;
        }
        Resting rests = resting.get(source);
        for (int n = 0; n < rests.count; n++) {
          int other = rests.places[n];
          if (!search.places.get(other)) {
            search.places.set(other);
            search.leaver[other] = source;
            search.open.addLast(other);
          }
        }
      }
    }
    return -1;
  }

  private double augment(Search search, int waiting, int target, double room) {
    double kwh = Math.min(room, waitingKwh[waiting]);
    for (int at = search.into[waiting] - 1; at != target; ) {
      int leaver = search.leaver[at];
      Resting rests = resting.get(leaver);
      kwh = Math.min(kwh, rests.kwh[rests.find(at)]);
      at = search.into[leaver] - 1;
    }
    int mover = waiting;
    for (int at = search.into[waiting] - 1; ; at = search.into[mover] - 1) {
      resting.get(mover).add(at, kwh);
      if (at == target) {
        break;
      }
      mover = search.leaver[at];
      resting.get(mover).take(at, kwh, negligibleKwh);
    }
    waitingKwh[waiting] -= kwh;
    allWaitingKwh -= kwh;
    return kwh;
  }

  private List<Placement.Part> parts() {
    List<Placement.Part> parts = new ArrayList<>();
    for (int source = 0; source < waitingKwh.length; source++) {
      Resting rests = resting.get(source);
      for (int n = 0; n < rests.count; n++) {
        parts.add(
            new Placement.Part(
                source / slots,
                source % slots,
                rests.places[n] / slots,
                rests.places[n] % slots,
                rests.kwh[n]));
      }
    }
    return parts;
  }

  /** Works and hosts of which too much is wanted: all work that competes for what is full. */
  private Overload unplaceable() {
    BitSet works = new BitSet();
    BitSet hosts = new BitSet();
    int first = 0;
    while (waitingKwh[first] <= negligibleKwh) {
      first++;
    }
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(first);
    seen.set(first);
    while (!open.isEmpty()) {
      int source = open.removeFirst();
      works.set(source / slots);
      for (int host = 0; host < problem.hosts().size(); host++) {
        if (allowed[source / slots][host]) {
          hosts.set(host);
          seeRestingOn(host, source, seen, open);
        }
      }
    }
    return new Overload(works, hosts, first % slots);
  }

  private void seeRestingOn(int host, int source, BitSet seen, Deque<Integer> open) {
    int slack = problem.work().get(source / slots).slack();
    for (int other = 0; other < waitingKwh.length; other++) {
      if (seen.get(other)) {
        continue;
      }
      Resting rests = resting.get(other);
      for (int n = 0; n < rests.count; n++) {
        if (rests.places[n] / slots == host && reaches(source % slots, slack, rests.places[n])) {
          seen.set(other);
          open.addLast(other);
          break;
        }
      }
    }
  }

  private boolean reaches(int from, int slack, int place) {
    int slot = place % slots;
    int late = slot >= from ? slot - from : problem.wraps() ? slot - from + slots : slots;
    return late <= slack;
  }

  /**
   * What is too much for where it may go.
   *
   * @param works places of the works that compete
   * @param hosts places of the hosts that they compete for
   * @param slot in which work arrives that finds no room
   */
  record Overload(BitSet works, BitSet hosts, int slot) {}
}
