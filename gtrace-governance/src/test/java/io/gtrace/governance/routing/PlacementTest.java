package io.gtrace.governance.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.governance.routing.Placement.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final double UNLIMITED = Double.POSITIVE_INFINITY;

  private static Host host(String name, double capacity, double... carbon) {
    double[] capacities = new double[carbon.length];
    Arrays.fill(capacities, capacity);
    return new Host(name, capacities, Map.of(Criterion.CARBON_KG, carbon));
  }

  private static Movable movable(String name, int slack, double... demand) {
    return new Movable(name, demand, slack, List.of());
  }

  @Test
  void fillsTheCleanestHostAndSendsTheRestToTheNext() {
    Placement placed =
        PlacementProblem.byCarbon(
                List.of(movable("chat", 0, 10)),
                List.of(host("coal", UNLIMITED, 0.8), host("hydro", 6, 0.1)),
                false)
            .solved();
    // 6 × 0.1 + 4 × 0.8
    assertThat(placed.total(Criterion.CARBON_KG)).isCloseTo(3.8, within(1e-9));
    assertThat(placed.kwh()).isCloseTo(10, within(1e-9));
  }

  @Test
  void waitsForACleanerHourNoLongerThanItsSlack() {
    Host one = host("one", UNLIMITED, 0.5, 0.4, 0.1);
    double patient =
        PlacementProblem.byCarbon(List.of(movable("job", 2, 1, 0, 0)), List.of(one), false)
            .solved()
            .total(Criterion.CARBON_KG);
    double hasty =
        PlacementProblem.byCarbon(List.of(movable("job", 1, 1, 0, 0)), List.of(one), false)
            .solved()
            .total(Criterion.CARBON_KG);
    assertThat(patient).isCloseTo(0.1, within(1e-12));
    assertThat(hasty).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void workOfTheEveningWaitsIntoTheMorningWhereADayStandsForMany() {
    Host one = host("one", UNLIMITED, 0.1, 0.4, 0.5);
    List<Movable> evening = List.of(movable("job", 1, 0, 0, 1));
    assertThat(
            PlacementProblem.byCarbon(evening, List.of(one), true)
                .solved()
                .total(Criterion.CARBON_KG))
        .isCloseTo(0.1, within(1e-12));
    assertThat(
            PlacementProblem.byCarbon(evening, List.of(one), false)
                .solved()
                .total(Criterion.CARBON_KG))
        .isCloseTo(0.5, within(1e-12));
  }

  @Test
  void makesRoomForWorkThatCanGoNowhereElse() {
    // The free work is met first and takes the clean host, but only it can go elsewhere.
    List<Movable> work =
        List.of(
            movable("free", 0, 5),
            new Movable("bound", new double[] {5}, 0, List.of(new Rule("law", Set.of("hydro")))));
    Placement placed =
        PlacementProblem.byCarbon(work, List.of(host("hydro", 5, 0.1), host("coal", 5, 0.8)), false)
            .solved();
    assertThat(placed.parts())
        .containsExactlyInAnyOrder(new Part(0, 0, 1, 0, 5), new Part(1, 0, 0, 0, 5));
  }

  @Test
  void theFlowFindsTheOptimumOfTheLinearProgramme() {
    Random random = new Random(7);
    for (int trial = 0; trial < 60; trial++) {
      PlacementProblem problem = anyProblem(random);
      double flow;
      try {
        flow = CapacityFlow.placed(problem).total(Criterion.CARBON_KG);
      } catch (InfeasiblePlacementException infeasible) {
        assertThat(infeasible.conflict().parts()).isNotEmpty();
        assertThatThrownBy(() -> LinearPlacement.placed(problem))
            .isInstanceOf(InfeasiblePlacementException.class);
        continue;
      }
      Placement linear = LinearPlacement.placed(problem);
      assertThat(flow)
          .as("trial " + trial)
          .isCloseTo(linear.total(Criterion.CARBON_KG), within(1e-6 * (1 + flow)));
      requireWithinLimits(problem, CapacityFlow.placed(problem));
      requireWithinLimits(problem, linear);
    }
  }

  @Test
  void capacityNeverHelpsAndTheOptimumIsNeverWorseThanFirstComeFirstServed() {
    Random random = new Random(11);
    int compared = 0;
    for (int trial = 0; trial < 60; trial++) {
      PlacementProblem problem = anyProblem(random);
      double optimum;
      try {
        optimum = problem.solved().total(Criterion.CARBON_KG);
      } catch (InfeasiblePlacementException infeasible) {
        continue;
      }
      assertThat(problem.withoutCapacity().solved().total(Criterion.CARBON_KG))
          .isLessThanOrEqualTo(optimum * (1 + 1e-9));
      double naive = firstComeFirstServed(problem);
      if (!Double.isNaN(naive)) {
        compared++;
        assertThat(optimum).isLessThanOrEqualTo(naive * (1 + 1e-9));
      }
    }
    assertThat(compared).isPositive();
  }

  /** Every work in turn takes the cleanest room that is left; not a number if one finds none. */
  private static double firstComeFirstServed(PlacementProblem problem) {
    double[][] room = new double[problem.hosts().size()][];
    for (int h = 0; h < room.length; h++) {
      room[h] = problem.hosts().get(h).capacityKwh().clone();
    }
    double total = 0;
    for (Movable movable : problem.work()) {
      for (int from = 0; from < problem.slots(); from++) {
        double left = movable.demandKwh()[from];
        while (left > 1e-12) {
          int best = -1;
          for (int place = 0; place < room.length * problem.slots(); place++) {
            int h = place / problem.slots();
            int to = place % problem.slots();
            int late = Math.floorMod(to - from, problem.slots());
            if (late <= movable.slack()
                && (problem.wraps() || to >= from)
                && room[h][to] > 1e-12
                && movable.mayRunOn(problem.hosts().get(h).name())
                && (best < 0
                    || problem.cost(h, to)
                        < problem.cost(best / problem.slots(), best % problem.slots()))) {
              best = place;
            }
          }
          if (best < 0) {
            return Double.NaN;
          }
          int h = best / problem.slots();
          int to = best % problem.slots();
          double kwh = Math.min(left, room[h][to]);
          room[h][to] -= kwh;
          left -= kwh;
          total += kwh * problem.cost(h, to);
        }
      }
    }
    return total;
  }

  private static PlacementProblem anyProblem(Random random) {
    int slots = 1 + random.nextInt(6);
    int hostCount = 1 + random.nextInt(4);
    List<Host> hosts = new ArrayList<>();
    for (int h = 0; h < hostCount; h++) {
      double[] carbon = random.doubles(slots, 0.01, 1).toArray();
      hosts.add(
          new Host(
              "h" + h,
              random.doubles(slots, 0, 12).toArray(),
              Map.of(Criterion.CARBON_KG, carbon)));
    }
    List<Movable> work = new ArrayList<>();
    for (int w = 0; w < 1 + random.nextInt(5); w++) {
      Set<String> some = new HashSet<>();
      IntStream.range(0, hostCount)
          .filter(h -> random.nextBoolean())
          .forEach(h -> some.add("h" + h));
      List<Rule> rules =
          random.nextBoolean() || some.isEmpty() ? List.of() : List.of(new Rule("law", some));
      double[] demand = random.doubles(slots, 0, 4).map(x -> x < 1 ? 0 : x).toArray();
      work.add(new Movable("w" + w, demand, random.nextInt(slots), rules));
    }
    return PlacementProblem.byCarbon(work, hosts, random.nextBoolean());
  }

  private static void requireWithinLimits(PlacementProblem problem, Placement placed) {
    double[][] used = new double[problem.hosts().size()][problem.slots()];
    double[][] done = new double[problem.work().size()][problem.slots()];
    for (Part part : placed.parts()) {
      used[part.host()][part.to()] += part.kwh();
      done[part.work()][part.from()] += part.kwh();
      Movable movable = problem.work().get(part.work());
      assertThat(movable.mayRunOn(problem.hosts().get(part.host()).name())).isTrue();
      assertThat(Math.floorMod(part.to() - part.from(), problem.slots()))
          .isLessThanOrEqualTo(movable.slack());
      assertThat(problem.wraps() || part.to() >= part.from()).isTrue();
    }
    for (int h = 0; h < used.length; h++) {
      for (int slot = 0; slot < problem.slots(); slot++) {
        assertThat(used[h][slot])
            .isLessThanOrEqualTo(problem.hosts().get(h).capacityKwh()[slot] + 1e-6);
      }
    }
    for (int w = 0; w < done.length; w++) {
      assertThat(done[w]).containsExactly(problem.work().get(w).demandKwh(), within(1e-6));
    }
  }

  @Test
  void saysWhichConstraintsConflictAndNoOthers() {
    List<Movable> work =
        List.of(
            new Movable(
                "chat",
                new double[] {12},
                0,
                List.of(
                    new Rule("data residency FR", Set.of("paris")),
                    new Rule("at most 200 ms", Set.of("paris", "oregon")))),
            movable("other", 0, 3));
    PlacementProblem problem =
        PlacementProblem.byCarbon(
            work, List.of(host("paris", 10, 0.05), host("oregon", 100, 0.2)), false);
    assertThatThrownBy(problem::solved)
        .isInstanceOf(InfeasiblePlacementException.class)
        .hasMessageContaining("chat needs 12.0 kWh")
        .hasMessageContaining("data residency FR")
        .hasMessageContaining("paris takes at most 10.0 kWh")
        .hasMessageNotContaining("200 ms")
        .hasMessageNotContaining("other");
  }

  @Test
  void rulesThatLeaveNothingInCommonConflictWithoutAnyCapacity() {
    List<Movable> work =
        List.of(
            new Movable(
                "chat",
                new double[] {1},
                0,
                List.of(
                    new Rule("data residency FR", Set.of("paris")),
                    new Rule("at most 20 ms", Set.of("oregon")))));
    assertThatThrownBy(
            PlacementProblem.byCarbon(
                    work,
                    List.of(host("paris", UNLIMITED, 0.05), host("oregon", UNLIMITED, 0.2)),
                    false)
                ::solved)
        .isInstanceOfSatisfying(
            InfeasiblePlacementException.class,
            infeasible ->
                assertThat(infeasible.conflict().parts())
                    .hasSize(3)
                    .anyMatch(part -> part.contains("20 ms"))
                    .anyMatch(part -> part.contains("residency")));
  }

  @Test
  void workWithTroubleOfItsOwnDoesNotHideWhatConflictsElsewhere() {
    List<Rule> rules =
        List.of(
            new Rule("data residency FR", Set.of("paris")),
            new Rule("at most 20 ms", Set.of("oregon")));
    List<Movable> work =
        List.of(
            new Movable("chat", new double[] {1}, 0, rules),
            new Movable("jobs", new double[] {1}, 0, rules));
    assertThatThrownBy(
            PlacementProblem.byCarbon(
                    work,
                    List.of(host("paris", UNLIMITED, 0.05), host("oregon", UNLIMITED, 0.2)),
                    false)
                ::solved)
        .isInstanceOf(InfeasiblePlacementException.class)
        .hasMessageContaining("chat: data residency FR")
        .hasMessageContaining("chat: at most 20 ms")
        .hasMessageNotContaining("jobs");
  }

  @Test
  void aFrontTradesCarbonForLatency() {
    List<Movable> work =
        List.of(new Movable("chat", new double[] {10}, 0, List.of(), new double[] {5, 80}));
    PlacementProblem problem =
        PlacementProblem.byCarbon(
            work, List.of(host("near", UNLIMITED, 0.5), host("far", UNLIMITED, 0.05)), false);
    List<Placement> front =
        ParetoFront.of(problem, List.of(Criterion.CARBON_KG, Criterion.LATENCY_MS));
    assertThat(front.get(0).total(Criterion.CARBON_KG)).isCloseTo(0.5, within(1e-6));
    assertThat(front.get(0).total(Criterion.LATENCY_MS)).isCloseTo(80, within(1e-6));
    Placement last = front.get(front.size() - 1);
    assertThat(last.total(Criterion.CARBON_KG)).isCloseTo(5, within(1e-6));
    assertThat(last.total(Criterion.LATENCY_MS)).isCloseTo(5, within(1e-6));
  }
}
