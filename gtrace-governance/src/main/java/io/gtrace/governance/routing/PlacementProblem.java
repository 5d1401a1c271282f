package io.gtrace.governance.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Workloads to be placed over hosts and slots at the least weighted cost, within the capacity of
 * each host in each slot, the slack of each workload and its rules.
 *
 * <p>Both demand and capacity are energy of hardware, so that a unit of any work takes a unit of
 * any host. Where a unit costs the same whatever work it is of, the cheapest hosts can be filled
 * one after the other, which {@link CapacityFlow} does exactly in a fraction of a second; where
 * latency has a weight, costs are the work's own and {@link LinearPlacement} solves the linear
 * programme.
 *
 * @param work what is to be placed
 * @param hosts where it can go
 * @param wraps whether the first slot follows the last, as in a day that stands for many
 * @param weights what is to be small; criteria without one do not matter
 */
public record PlacementProblem(
    List<Movable> work, List<Host> hosts, boolean wraps, Map<Criterion, Double> weights) {

  public PlacementProblem {
    work = List.copyOf(work);
    hosts = List.copyOf(hosts);
    weights = Collections.unmodifiableMap(new EnumMap<>(weights));
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("there is nowhere to run: name at least one host");
    }
    int slots = hosts.get(0).capacityKwh().length;
    for (Host host : hosts) {
      requireSlots(host.name(), host.capacityKwh(), slots);
      host.perKwh().values().forEach(each -> requireSlots(host.name(), each, slots));
    }
    work.forEach(each -> requireSlots(each.name(), each.demandKwh(), slots));
  }

  private static void requireSlots(String name, double[] bySlot, int slots) {
    if (bySlot.length != slots) {
      throw new IllegalArgumentException(
          name + " has " + bySlot.length + " slots where others have " + slots);
    }
  }

  /** Places work by carbon alone. */
  public static PlacementProblem byCarbon(List<Movable> work, List<Host> hosts, boolean wraps) {
    return new PlacementProblem(work, hosts, wraps, Map.of(Criterion.CARBON_KG, 1.0));
  }

  /** The same work and hosts with other weights. */
  public PlacementProblem weighted(Map<Criterion, Double> others) {
    return new PlacementProblem(work, hosts, wraps, others);
  }

  /** The same with hosts that nothing limits: the bound that capacity keeps one from. */
  public PlacementProblem withoutCapacity() {
    List<Host> unlimited = new ArrayList<>();
    for (Host host : hosts) {
      double[] capacity = new double[slots()];
      Arrays.fill(capacity, Double.POSITIVE_INFINITY);
      unlimited.add(new Host(host.name(), capacity, host.perKwh()));
    }
    return new PlacementProblem(work, unlimited, wraps, weights);
  }

  public int slots() {
    return hosts.get(0).capacityKwh().length;
  }

  /**
   * The cheapest placement.
   *
   * @throws InfeasiblePlacementException if there is none; it names what conflicts
   */
  public Placement solved() {
    return weights.getOrDefault(Criterion.LATENCY_MS, 0.0) == 0
        ? CapacityFlow.placed(this)
        : LinearPlacement.placed(this);
  }

  /**
   * The cheapest placement where no work waits beyond the end of its block, such as a day: blocks
   * are independent and solved one beside the other, so a year takes seconds.
   *
   * @param blockSlots slots of a block; the last may be shorter
   * @throws InfeasiblePlacementException if a block has none
   */
  public Placement solvedInBlocks(int blockSlots) {
    int blocks = (slots() + blockSlots - 1) / blockSlots;
    List<Placement.Part> parts =
        IntStream.range(0, blocks)
            .parallel()
            .mapToObj(b -> {
              int first = b * blockSlots;
              return block(first, Math.min(slots(), first + blockSlots)).solved().parts().stream()
                  .map(part -> part.later(first))
                  .toList();
            })
            .flatMap(List::stream)
            .toList();
    return placement(parts);
  }

  /** The slots from one to another, as a problem of its own. */
  PlacementProblem block(int from, int to) {
    List<Movable> then = new ArrayList<>();
    for (Movable each : work) {
      then.add(
          new Movable(
              each.name(),
              Arrays.copyOfRange(each.demandKwh(), from, to),
              each.slack(),
              each.rules(),
              each.latencyMs()));
    }
    List<Host> there = new ArrayList<>();
    for (Host host : hosts) {
      Map<Criterion, double[]> perKwh = new EnumMap<>(Criterion.class);
      host.perKwh()
          .forEach((criterion, each) -> perKwh.put(criterion, Arrays.copyOfRange(each, from, to)));
      there.add(new Host(host.name(), Arrays.copyOfRange(host.capacityKwh(), from, to), perKwh));
    }
    return new PlacementProblem(then, there, wraps, weights);
  }

  /** The weighted cost of a kilowatt-hour of any work, latency left out. */
  double cost(int host, int slot) {
    double cost = 0;
    for (Map.Entry<Criterion, Double> weight : weights.entrySet()) {
      if (weight.getKey() != Criterion.LATENCY_MS) {
        cost += weight.getValue() * hosts.get(host).perKwh(weight.getKey(), slot);
      }
    }
    return cost;
  }

  /** The weighted cost of a kilowatt-hour of that work. */
  double cost(int of, int host, int slot) {
    return cost(host, slot) + weights.getOrDefault(Criterion.LATENCY_MS, 0.0) * latencyMs(of, host);
  }

  private double latencyMs(int of, int host) {
    double[] known = work.get(of).latencyMs();
    return known.length == 0 ? 0 : known[host];
  }

  /** The slot so many slots before; -1 where there is none. */
  int before(int slot, int by) {
    int earlier = slot - by;
    if (earlier >= 0) {
      return earlier;
    }
    return wraps && by < slots() ? earlier + slots() : -1;
  }

  /** A placement of these parts with its totals. */
  Placement placement(List<Placement.Part> parts) {
    Map<Criterion, Double> totals = new EnumMap<>(Criterion.class);
    double kwh = 0;
    for (Placement.Part part : parts) {
      Host host = hosts.get(part.host());
      for (Criterion criterion : host.perKwh().keySet()) {
        totals.merge(criterion, part.kwh() * host.perKwh(criterion, part.to()), Double::sum);
      }
      totals.merge(
          Criterion.LATENCY_MS, part.kwh() * latencyMs(part.work(), part.host()), Double::sum);
      kwh += part.kwh();
    }
    if (kwh > 0) {
      double all = kwh;
      totals.computeIfPresent(Criterion.LATENCY_MS, (latency, sum) -> sum / all);
    }
    return new Placement(parts, totals);
  }
}
