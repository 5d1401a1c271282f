package io.gtrace.simulation.serving;

import io.gtrace.simulation.Within;
import io.gtrace.simulation.serving.FleetPlan.Scaling;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A fleet with continuous batching and an autoscaler. Each hour is in its {@link SteadyState}:
 * lines are shorter than an hour and what waits at its end is not carried over.
 */
final class BatchingFleet implements Fleet {
  private static final double SECONDS_PER_HOUR = 3600;
  private static final double JOULES_PER_KWH = 3.6e6;

  private final FleetPlan plan;
  private final double scale;
  private final Deque<Double> neededOfLateHours = new ArrayDeque<>();
  private double accelerators;
  private int hour;

  BatchingFleet(FleetPlan plan, double scale) {
    this.plan = plan;
    this.scale = scale;
    accelerators = plan.scaling().least();
  }

  @Override
  public FleetHour serve(double demandedOutputs) {
    Within.require("demanded outputs", demandedOutputs, 0, 1e15);
    double demandPerS = demandedOutputs / scale / SECONDS_PER_HOUR;
    scaleTo(plan.replica().acceleratorsFor(demandPerS) / plan.scaling().targetLoad());
    double serving = accelerators * plan.servingShare(hour);
    hour++;
    if (demandPerS == 0 || serving == 0) {
      return nothingMade(demandPerS == 0);
    }
    double replicas = serving / plan.replica().accelerators();
    return loaded(SteadyState.of(plan.replica(), replicas, demandPerS, plan.longestWaitS()));
  }

  private void scaleTo(double needed) {
    Scaling scaling = plan.scaling();
    neededOfLateHours.addLast(needed);
    if (neededOfLateHours.size() > scaling.keptHours() + 1) {
      neededOfLateHours.removeFirst();
    }
    double wanted =
        neededOfLateHours.stream().mapToDouble(Double::doubleValue).max().orElse(needed);
    double reachable = Math.min(wanted, accelerators + scaling.mostMorePerHour());
    accelerators = Math.max(scaling.least(), Math.min(scaling.most(), reachable));
  }

  private FleetHour nothingMade(boolean nothingAsked) {
    return new FleetHour(
        nothingAsked ? 1 : 0,
        1,
        nothingAsked ? 0 : plan.longestWaitS(),
        accelerators * scale,
        0,
        0,
        idleW(0) * scale * SECONDS_PER_HOUR / JOULES_PER_KWH);
  }

  private FleetHour loaded(SteadyState state) {
    double idleW = idleW(state.busyReplicas());
    double outputJ = (state.workingW() + idleW) / state.outputsPerS();
    double aloneS = plan.replica().curve().seconds(1);
    return new FleetHour(
        state.acceptedShare(),
        outputJ / plan.replica().cardJ(),
        Math.max(0, state.sojournS() - aloneS),
        accelerators * scale,
        state.busyReplicas() * plan.replica().accelerators() / accelerators,
        state.inProgress() / state.busyReplicas(),
        idleW * scale * SECONDS_PER_HOUR / JOULES_PER_KWH);
  }

  private double idleW(double busyReplicas) {
    double replicas = accelerators / plan.replica().accelerators();
    return Math.max(0, replicas - busyReplicas) * plan.replica().idleW();
  }
}
