package io.gtrace.governance.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Placements of the same work of which none is better than another in everything. */
public final class ParetoFront {
  private static final int STEPS = 4;

  private ParetoFront() {}

  /**
   * The front over some criteria: each by itself and the mixtures between them, each criterion
   * measured by its range between the best and the worst of those single ones. The points of a
   * front that no mixture of weights finds are between those that are there, as the set of
   * placements is convex.
   *
   * @param criteria at least one
   * @return best in the first criterion first
   * @throws InfeasiblePlacementException if there is no placement
   */
  public static List<Placement> of(PlacementProblem problem, List<Criterion> criteria) {
    List<Placement> extremes =
        criteria.stream().map(each -> problem.weighted(Map.of(each, 1.0)).solved()).toList();
    Map<Criterion, Double> unit = new EnumMap<>(Criterion.class);
    for (Criterion criterion : criteria) {
      double least = extremes.stream().mapToDouble(each -> each.total(criterion)).min().orElse(0);
      double most = extremes.stream().mapToDouble(each -> each.total(criterion)).max().orElse(0);
      // Latency is a mean in totals and a sum in costs.
      double scale = criterion == Criterion.LATENCY_MS ? extremes.get(0).kwh() : 1;
      unit.put(criterion, most > least ? 1 / ((most - least) * scale) : 0);
    }
    List<Placement> found = new ArrayList<>(extremes);
    for (List<Integer> parts : mixtures(criteria.size(), STEPS)) {
      Map<Criterion, Double> weights = new EnumMap<>(Criterion.class);
      for (int c = 0; c < criteria.size(); c++) {
        // A little of everything: of equally good ones the better in all else.
        double part = parts.get(c) + 1e-6;
        weights.put(criteria.get(c), part * unit.getOrDefault(criteria.get(c), 0.0));
      }
      found.add(problem.weighted(weights).solved());
    }
    return undominated(found, criteria);
  }

  /** All ways to share out so many steps among so many. */
  private static List<List<Integer>> mixtures(int among, int steps) {
    if (among == 1) {
      return List.of(List.of(steps));
    }
    List<List<Integer>> all = new ArrayList<>();
    for (int first = 0; first <= steps; first++) {
      for (List<Integer> rest : mixtures(among - 1, steps - first)) {
        List<Integer> mixture = new ArrayList<>();
        mixture.add(first);
        mixture.addAll(rest);
        all.add(mixture);
      }
    }
    return all;
  }

  private static List<Placement> undominated(List<Placement> found, List<Criterion> criteria) {
    List<Placement> front = new ArrayList<>();
    for (Placement each : found) {
      boolean dominated =
          found.stream().anyMatch(other -> isBetter(other, each, criteria))
              || front.stream().anyMatch(kept -> isLike(kept, each, criteria));
      if (!dominated) {
        front.add(each);
      }
    }
    front.sort(Comparator.comparingDouble(each -> each.total(criteria.get(0))));
    return List.copyOf(front);
  }

  private static boolean isBetter(Placement one, Placement other, List<Criterion> criteria) {
    return !isLike(one, other, criteria)
        && criteria.stream().allMatch(each -> one.total(each) <= other.total(each) * (1 + 1e-9));
  }

  private static boolean isLike(Placement one, Placement other, List<Criterion> criteria) {
    return criteria.stream()
        .allMatch(each ->
            Math.abs(one.total(each) - other.total(each))
                <= 1e-9 * Math.max(Math.abs(one.total(each)), Math.abs(other.total(each))));
  }
}
