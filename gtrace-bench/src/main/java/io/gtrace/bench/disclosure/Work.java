package io.gtrace.bench.disclosure;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.estimate.Estimator;
import io.gtrace.estimate.FactorState;
import io.gtrace.estimate.UnitRate;
import java.util.Map;
import java.util.function.Function;

/**
 * What was done, on known hardware.
 *
 * @param estimator prices it
 * @param volumes how much of it; depends on the state of the world where the publisher leaves it
 *     open
 */
record Work(Estimator estimator, Function<FactorState, Volumes> volumes) {
  /** What all of it takes in a state of the world. */
  UnitRate in(FactorState state) {
    UnitRate sum = UnitRate.NONE;
    for (Map.Entry<Driver, Double> each : volumes.apply(state).asMap().entrySet()) {
      UnitRate rate = estimator.rate(each.getKey(), state);
      double volume = each.getValue();
      sum =
          new UnitRate(
              sum.acceleratorKwh() + volume * rate.acceleratorKwh(),
              sum.hostKwh() + volume * rate.hostKwh(),
              sum.idleKwh() + volume * rate.idleKwh(),
              sum.networkKwh() + volume * rate.networkKwh(),
              sum.embodiedKg() + volume * rate.embodiedKg());
    }
    return sum;
  }
}
