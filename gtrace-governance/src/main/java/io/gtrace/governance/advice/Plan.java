package io.gtrace.governance.advice;

import io.gtrace.factor.Factor;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.routing.InfeasiblePlacementException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Actions in the order in which to take them, each valued on the work that those before it left, so
 * that their sum is what all of them together avoid and nothing is counted twice.
 *
 * @param before what the work costs today
 * @param after what it costs when all lines are done
 * @param lines from the first to the last to do
 * @param idle ids of actions that would save nothing, by themselves or after the others, and why
 * @param impossible ids of actions whose constraints conflict, and how
 * @param bound what placing the work over regions and hours would avoid if nothing limited them
 */
public record Plan(
    Outcome before,
    Outcome after,
    List<Line> lines,
    Map<String, String> idle,
    Map<String, String> impossible,
    Avoided bound) {

  public Plan {
    lines = List.copyOf(lines);
    idle = Map.copyOf(idle);
    impossible = Map.copyOf(impossible);
  }

  /**
   * One action of a plan.
   *
   * @param id its name on the command line
   * @param summary what to do, as an imperative without a full stop
   * @param detail what is done to which; may be empty
   * @param effort what it takes
   * @param avoided by it after those before it
   * @param alone what it would avoid by itself
   * @param assumptions what it rests on
   * @param sideEffects what else changes
   * @param leavesOut what its figure leaves out, in whole sentences
   * @param command that shows it at a single request; empty if there is none
   */
  public record Line(
      String id,
      String summary,
      String detail,
      Effort effort,
      Avoided avoided,
      Avoided alone,
      List<Factor> assumptions,
      List<String> sideEffects,
      String leavesOut,
      Optional<String> command) {
    public Line {
      assumptions = List.copyOf(assumptions);
      sideEffects = List.copyOf(sideEffects);
    }

    private Line withCommand(Optional<String> other) {
      return new Line(
          id, summary, detail, effort, avoided, alone, assumptions, sideEffects, leavesOut, other);
    }
  }

  /** The same with what the commands of its lines still need, as a file of own factors. */
  public Plan withCommands(UnaryOperator<String> change) {
    return new Plan(
        before,
        after,
        lines.stream().map(line -> line.withCommand(line.command().map(change))).toList(),
        idle,
        impossible,
        bound);
  }

  /** By what the next action is chosen. */
  public enum Order {
    /** The most carbon first. */
    CARBON,
    /** The most money saved for a kilogram of carbon first; without prices, by carbon. */
    COST
  }

  private static final double NOTHING = 1e-9;

  /** Names of all actions. */
  public static List<String> actions() {
    return all().map(action -> action.about().id()).toList();
  }

  private static Stream<Action> all() {
    return Stream.of(
        new RegionRouting(true),
        new TimeShifting(true),
        OtherModel.cascade(),
        OtherModel.smallerModel(),
        OtherModel.quantised(),
        Adjusting.shorterOutputs(),
        Adjusting.promptCaching(),
        Adjusting.responseCaching(),
        Adjusting.batching(),
        Adjusting.fewerSteps(),
        Adjusting.fewerPixels(),
        Adjusting.betterPue(),
        Adjusting.longerLife(),
        Adjusting.longerDeviceLife(),
        new OtherHardware());
  }

  /**
   * Finds a plan.
   *
   * @param wanted ids of the actions to choose from; all if empty
   * @throws IllegalArgumentException if there is no such action
   */
  public static Plan of(Replay replay, Collection<String> wanted, Order order) {
    List<String> known = actions();
    for (String each : wanted) {
      if (!known.contains(each)) {
        throw new IllegalArgumentException(
            "there is no action '" + each + "'; there are " + String.join(", ", known));
      }
    }
    return new Search(replay, order)
        .plan(
            all().filter(each -> wanted.isEmpty() || wanted.contains(each.about().id())).toList());
  }

  /** A plan in the making. */
  private static final class Search {
    private final Replay replay;
    private final Order order;
    private final Outcome before;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, String> idle = new LinkedHashMap<>();
    private final Map<String, String> impossible = new LinkedHashMap<>();
    private final Map<String, Avoided> alone = new LinkedHashMap<>();

    Search(Replay replay, Order order) {
      this.replay = replay;
      this.order = order;
      before = replay.priced(replay.loads());
    }

    /** An action, the work after it, and what that avoids. */
    private record Tried(Action action, Change change, Outcome outcome, Avoided avoided) {}

    Plan plan(List<Action> actions) {
      List<Action> open = new ArrayList<>();
      for (Action action : actions) {
        tried(action, replay.loads(), before)
            .ifPresent(tried -> {
              alone.put(action.about().id(), tried.avoided());
              if (saves(tried)) {
                open.add(action);
              } else {
                idle.put(action.about().id(), whyIdle(tried));
              }
            });
      }
      List<Load> left = replay.loads();
      Outcome now = before;
      Optional<Tried> next = best(open, left, now);
      while (next.isPresent()) {
        Tried taken = next.get();
        lines.add(line(taken));
        open.remove(taken.action());
        left = taken.change().loads();
        now = taken.outcome();
        next = best(open, left, now);
      }
      open.forEach(
          action -> idle.put(action.about().id(), "nothing left to save after the others"));
      return new Plan(before, now, lines, idle, impossible, bound());
    }

    /** An action whose assumption takes it to do nothing waits for somebody to state it. */
    private String whyIdle(Tried tried) {
      Description about = tried.action().about();
      return about.assumptions().stream()
          .filter(id -> replay.organisation().assumptions().get(id).median() == 0)
          .findFirst()
          .map(id ->
              "not valued, since "
                  + id
                  + " is 0 until you state yours, as --assume "
                  + id
                  + "=0.2..0.4")
          .orElseGet(() ->
              tried.change().loads().equals(replay.loads())
                  ? "nothing to act on: the ledger has no " + about.actsOn()
                  : "nothing to save");
    }

    private Optional<Tried> best(List<Action> open, List<Load> left, Outcome now) {
      return open.stream()
          .map(action -> tried(action, left, now))
          .flatMap(Optional::stream)
          .filter(this::saves)
          .max(Comparator.comparingDouble(this::merit));
    }

    private double merit(Tried tried) {
      double carbonKg = tried.avoided().carbonKg().median();
      return order == Order.COST && tried.avoided().cost().isPresent()
          ? tried.avoided().cost().getAsDouble() / carbonKg
          : carbonKg;
    }

    private boolean saves(Tried tried) {
      return tried.avoided().carbonKg().median()
          > NOTHING * before.footprint().median(Impact.CARBON_KG);
    }

    private Optional<Tried> tried(Action action, List<Load> left, Outcome now) {
      try {
        Change change = action.applied(left, replay);
        Outcome outcome = replay.priced(change.loads());
        return Optional.of(new Tried(action, change, outcome, Avoided.between(now, outcome)));
      } catch (InfeasiblePlacementException conflict) {
        impossible.put(action.about().id(), String.valueOf(conflict.getMessage()));
        return Optional.empty();
      }
    }

    private Line line(Tried taken) {
      Description about = taken.action().about();
      return new Line(
          about.id(),
          about.summary(),
          taken.change().detail(),
          about.effort(),
          taken.avoided(),
          alone.getOrDefault(about.id(), taken.avoided()),
          about.assumptions().stream().map(replay.organisation().assumptions()::get).toList(),
          taken.change().sideEffects(),
          about.leavesOut(),
          taken.change().command());
    }

    private Avoided bound() {
      List<Load> left = replay.loads();
      for (Action unlimited : List.of(new RegionRouting(false), new TimeShifting(false))) {
        Optional<Tried> tried = tried(unlimited, left, before);
        if (tried.isPresent()) {
          left = tried.get().change().loads();
        }
      }
      return Avoided.between(before, replay.priced(left));
    }
  }
}
