package io.gtrace.governance.routing;

import java.util.ArrayList;
import java.util.List;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * The placement as a linear programme: a variable for each work of a slot on each host and slot
 * that it may use, a row for each demand and each capacity. Costs may be the work's own.
 */
final class LinearPlacement {
  /** More would take minutes; split the problem into days. */
  private static final int MOST_VARIABLES = 60_000;

  private final PlacementProblem problem;
  private final ExpressionsBasedModel model = new ExpressionsBasedModel();
  private final Expression[][] capacity;
  private final List<Placement.Part> columns = new ArrayList<>();

  private LinearPlacement(PlacementProblem problem) {
    this.problem = problem;
    capacity = new Expression[problem.hosts().size()][problem.slots()];
    for (int h = 0; h < capacity.length; h++) {
      for (int slot = 0; slot < problem.slots(); slot++) {
        double most = problem.hosts().get(h).capacityKwh()[slot];
        if (most < Double.POSITIVE_INFINITY) {
          capacity[h][slot] = model.newExpression("capacity " + h + " " + slot).upper(most);
        }
      }
    }
  }

  static Placement placed(PlacementProblem problem) {
    LinearPlacement programme = new LinearPlacement(problem);
    programme.addAll();
    Optimisation.Result result = programme.model.minimise();
    if (!result.getState().isFeasible()) {
      // The flow says in words what conflicts; feasibility does not depend on costs.
      CapacityFlow.placed(problem);
      throw new IllegalStateException("the linear programme ended " + result.getState());
    }
    List<Placement.Part> parts = new ArrayList<>();
    for (int n = 0; n < programme.columns.size(); n++) {
      double kwh = result.doubleValue(n);
      if (kwh > 0) {
        Placement.Part column = programme.columns.get(n);
        parts.add(
            new Placement.Part(column.work(), column.from(), column.host(), column.to(), kwh));
      }
    }
    return problem.placement(parts);
  }

  private void addAll() {
    for (int w = 0; w < problem.work().size(); w++) {
      double[] demand = problem.work().get(w).demandKwh();
      for (int from = 0; from < demand.length; from++) {
        if (demand[from] > 0) {
          addDemand(w, from, demand[from]);
        }
      }
    }
  }

  private void addDemand(int w, int from, double kwh) {
    Movable movable = problem.work().get(w);
    Expression all = model.newExpression("demand " + w + " " + from).level(kwh);
    for (int h = 0; h < problem.hosts().size(); h++) {
      if (!movable.mayRunOn(problem.hosts().get(h).name())) {
        continue;
      }
      for (int to = 0; to < problem.slots(); to++) {
        if (waits(from, to) <= movable.slack()) {
          add(all, new Placement.Part(w, from, h, to, 0));
        }
      }
    }
  }

  private int waits(int from, int to) {
    return to >= from
        ? to - from
        : problem.wraps() ? to - from + problem.slots() : Integer.MAX_VALUE;
  }

  private void add(Expression demand, Placement.Part column) {
    if (columns.size() == MOST_VARIABLES) {
      throw new IllegalArgumentException(
          "too many ways to place the work for one linear programme: split it into days, or leave"
              + " latency out of the weights");
    }
    columns.add(column);
    Variable share =
        model
            .newVariable("x" + columns.size())
            .lower(0)
            .weight(problem.cost(column.work(), column.host(), column.to()));
    demand.set(share, 1);
    Expression room = capacity[column.host()][column.to()];
    if (room != null) {
      room.set(share, 1);
    }
  }
}
