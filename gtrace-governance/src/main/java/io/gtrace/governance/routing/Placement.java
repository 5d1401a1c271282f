package io.gtrace.governance.routing;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which work runs where and when.
 *
 * @param parts energy that goes from a slot of arrival to a host and a slot
 * @param totals what all of it costs in each criterion; latency is the mean over energy, ms
 */
public record Placement(List<Part> parts, Map<Criterion, Double> totals) {
  public Placement {
    parts = List.copyOf(parts);
    totals = Collections.unmodifiableMap(new EnumMap<>(totals));
  }

  /**
   * Some of the work that arrived in one slot.
   *
   * @param work place of the work in the problem
   * @param from slot in which it arrived
   * @param host place of the host in the problem
   * @param to slot in which it runs
   * @param kwh energy of hardware, more than 0
   */
  public record Part(int work, int from, int host, int to, double kwh) {
    Part later(int slots) {
      return new Part(work, from + slots, host, to + slots, kwh);
    }
  }

  /** The total in one criterion. */
  public double total(Criterion criterion) {
    return totals.getOrDefault(criterion, 0.0);
  }

  /** Energy placed, kWh. */
  public double kwh() {
    return parts.stream().mapToDouble(Part::kwh).sum();
  }
}
