package io.gtrace.governance.advice;

import io.gtrace.governance.routing.Criterion;
import io.gtrace.governance.routing.ParetoFront;
import io.gtrace.governance.routing.Placement;
import io.gtrace.governance.routing.Placement.Part;
import io.gtrace.governance.routing.PlacementProblem;
import io.gtrace.ledger.query.WorkOfHour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Ways to place the work of a ledger over regions of which none is better in everything: by carbon
 * and water of its electricity, by the price of that electricity, and by the round trip of its
 * users. By the mean of the year, at the medians.
 *
 * @param today what the work that could move takes where it runs
 * @param choices the front, least of the first criterion first
 */
public record PlacementChoices(Choice today, List<Choice> choices) {
  private static final int SHOWN = 3;

  public PlacementChoices {
    choices = List.copyOf(choices);
  }

  /**
   * One way.
   *
   * @param totals of each criterion; latency is the mean over energy, ms
   * @param regions where most of it runs, with its share
   */
  public record Choice(Map<Criterion, Double> totals, String regions) {
    public Choice {
      totals = Map.copyOf(totals);
    }

    /** The total in one criterion; 0 where nothing is known. */
    public double total(Criterion criterion) {
      return totals.getOrDefault(criterion, 0.0);
    }
  }

  /**
   * Finds them.
   *
   * @param criteria at least one
   * @throws IllegalArgumentException if no work could move, it is of several years, or the price of
   *     electricity is wanted and not known of every region
   */
  public static PlacementChoices of(Replay replay, List<Criterion> criteria) {
    Map<OptionalInt, List<Load>> byYear = new HashMap<>();
    for (Load load : replay.loads()) {
      if (RegionProblem.isMovable(load, replay)) {
        byYear.computeIfAbsent(load.year(), missing -> new ArrayList<>()).add(wholeYear(load));
      }
    }
    if (byYear.size() != 1) {
      throw new IllegalArgumentException(
          byYear.isEmpty()
              ? "no work could run elsewhere"
              : "the work is of several years: ask for one with --from and --to");
    }
    List<Load> loads = byYear.values().iterator().next();
    RegionProblem regions = new RegionProblem(replay, loads, true);
    if (criteria.contains(Criterion.COST)) {
      requirePrices(replay, regions.names());
    }
    PlacementProblem problem = regions.byCarbon();
    return new PlacementChoices(
        choice(problem, regions.names(), stay(problem, regions, loads, replay)),
        ParetoFront.of(problem, criteria).stream()
            .map(each -> choice(problem, regions.names(), each.parts()))
            .toList());
  }

  /** Volumes of all hours together, which the mean of the year prices. */
  private static Load wholeYear(Load load) {
    return load.at(load.site(), new Hours(Map.of(WorkOfHour.NO_TIME, load.hours().total())));
  }

  private static void requirePrices(Replay replay, List<String> names) {
    Set<String> known = replay.organisation().prices().electricityPerKwh().keySet();
    List<String> missing = names.stream().filter(name -> !known.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "the price of electricity is not known of "
              + String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size())))
              + (missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : "")
              + ": give it in the workloads file under prices, electricity-per-kwh, or leave out"
              + " cost");
    }
  }

  private static List<Part> stay(
      PlacementProblem problem, RegionProblem regions, List<Load> loads, Replay replay) {
    List<Part> parts = new ArrayList<>();
    for (int w = 0; w < loads.size(); w++) {
      int home = regions.names().indexOf(replay.row(loads.get(w)).site());
      parts.add(new Part(w, 0, home, 0, problem.work().get(w).demandKwh()[0]));
    }
    return parts;
  }

  private static Choice choice(PlacementProblem problem, List<String> names, List<Part> parts) {
    Placement placed = problem.placement(parts);
    Map<String, Double> kwh = new TreeMap<>();
    parts.forEach(part -> kwh.merge(names.get(part.host()), part.kwh(), Double::sum));
    String regions =
        kwh.entrySet().stream()
            .sorted(
                Comparator.comparingDouble((Map.Entry<String, Double> each) -> -each.getValue()))
            .limit(SHOWN)
            .map(each ->
                String.format(
                    Locale.ROOT, "%s %.0f %%", each.getKey(), 100 * each.getValue() / placed.kwh()))
            .reduce((one, more) -> one + ", " + more)
            .orElse("");
    Map<Criterion, Double> totals = new EnumMap<>(Criterion.class);
    totals.putAll(placed.totals());
    return new Choice(totals, regions);
  }
}
