package io.gtrace.governance.routing;

import io.gtrace.governance.routing.CapacityFlow.Overload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Constraints that cannot all hold, none of which could be left out: an irreducible infeasible set,
 * found by dropping one constraint after the other and keeping only those without which the rest
 * could hold (the deletion filter of Chinneck and Dravnieks 1991).
 *
 * @param parts each in words
 */
public record Conflict(List<String> parts) {
  public Conflict {
    parts = List.copyOf(parts);
  }

  /** All of it in one sentence. */
  public String message() {
    return "no placement keeps to all of these: "
        + String.join("; ", parts)
        + ". Give up or relax one of them";
  }

  /** A constraint, and the problem without it. */
  private record Constraint(String words, Relaxed relaxed) {}

  @FunctionalInterface
  private interface Relaxed {
    PlacementProblem of(PlacementProblem problem);
  }

  /**
   * What conflicts in a problem that has no placement.
   *
   * @param overload where the trouble was met
   */
  static Conflict in(PlacementProblem problem, Overload overload) {
    PlacementProblem left = alone(problem, overload);
    List<String> needed = new ArrayList<>();
    for (Constraint constraint : constraints(problem, overload)) {
      PlacementProblem without = constraint.relaxed().of(left);
      if (CapacityFlow.isFeasible(without)) {
        needed.add(constraint.words());
      } else {
        left = without;
      }
    }
    return new Conflict(needed);
  }

  /**
   * The work where the trouble was met, if it is in trouble without the rest too: other work may
   * have trouble of its own, which would hide this one.
   */
  private static PlacementProblem alone(PlacementProblem problem, Overload overload) {
    PlacementProblem alone = problem;
    for (int w = 0; w < problem.work().size(); w++) {
      if (!overload.works().get(w)) {
        alone = with(alone, w, withoutDemand(problem.work().get(w)));
      }
    }
    return CapacityFlow.isFeasible(alone) ? problem : alone;
  }

  /** Those that people can least do without come last, and are so the last to be blamed. */
  private static List<Constraint> constraints(PlacementProblem problem, Overload overload) {
    List<Constraint> all = new ArrayList<>();
    for (int w = 0; w < problem.work().size(); w++) {
      Movable movable = problem.work().get(w);
      if (!overload.works().get(w)) {
        continue;
      }
      int at = w;
      all.add(
          new Constraint(
              demand(movable, overload.slot()), each -> with(each, at, withoutDemand(movable))));
    }
    for (int h = 0; h < problem.hosts().size(); h++) {
      int at = h;
      Host host = problem.hosts().get(h);
      if (overload.hosts().get(h)) {
        all.add(
            new Constraint(
                host.name()
                    + " takes at most "
                    + kwh(host.capacityKwh()[overload.slot()])
                    + " in that hour",
                each -> unlimited(each, at)));
      }
    }
    for (int w = 0; w < problem.work().size(); w++) {
      int at = w;
      Movable movable = problem.work().get(w);
      if (!overload.works().get(w)) {
        continue;
      }
      for (Rule rule : movable.rules()) {
        all.add(
            new Constraint(
                movable.name() + ": " + rule.words() + " (leaves " + hosts(rule) + ")",
                each -> with(each, at, withoutRule(each.work().get(at), rule))));
      }
      if (problem.slots() > 1 && movable.slack() < problem.slots() - 1) {
        all.add(
            new Constraint(
                movable.name()
                    + " can wait "
                    + (movable.slack() == 0 ? "not at all" : movable.slack() + " h at most"),
                each -> with(each, at, patient(each.work().get(at), problem.slots() - 1))));
      }
    }
    return all;
  }

  private static String hosts(Rule rule) {
    return rule.hosts().isEmpty()
        ? "nowhere"
        : rule.hosts().stream().sorted().collect(Collectors.joining(", "));
  }

  private static String demand(Movable movable, int slot) {
    double then = movable.demandKwh()[slot];
    return then > 0
        ? movable.name() + " needs " + kwh(then) + " in hour " + slot
        : movable.name()
            + " needs "
            + kwh(Arrays.stream(movable.demandKwh()).sum())
            + " in all hours";
  }

  private static String kwh(double energy) {
    return String.format(Locale.ROOT, "%.3g kWh", energy);
  }

  private static PlacementProblem with(PlacementProblem problem, int at, Movable changed) {
    List<Movable> work = new ArrayList<>(problem.work());
    work.set(at, changed);
    return new PlacementProblem(work, problem.hosts(), problem.wraps(), problem.weights());
  }

  private static Movable withoutDemand(Movable movable) {
    return new Movable(
        movable.name(),
        new double[movable.demandKwh().length],
        movable.slack(),
        movable.rules(),
        movable.latencyMs());
  }

  private static Movable withoutRule(Movable movable, Rule rule) {
    List<Rule> others = movable.rules().stream().filter(each -> !each.equals(rule)).toList();
    return new Movable(
        movable.name(), movable.demandKwh(), movable.slack(), others, movable.latencyMs());
  }

  private static Movable patient(Movable movable, int slack) {
    return new Movable(
        movable.name(), movable.demandKwh(), slack, movable.rules(), movable.latencyMs());
  }

  private static PlacementProblem unlimited(PlacementProblem problem, int at) {
    List<Host> hosts = new ArrayList<>(problem.hosts());
    Host host = hosts.get(at);
    double[] capacity = new double[host.capacityKwh().length];
    Arrays.fill(capacity, Double.POSITIVE_INFINITY);
    hosts.set(at, new Host(host.name(), capacity, host.perKwh()));
    return new PlacementProblem(problem.work(), hosts, problem.wraps(), problem.weights());
  }
}
