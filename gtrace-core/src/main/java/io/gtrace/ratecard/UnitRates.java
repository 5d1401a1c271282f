package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import io.gtrace.estimate.DrawnFactors;
import io.gtrace.estimate.Estimator;
import io.gtrace.estimate.FactorState;
import io.gtrace.estimate.UnitRate;
import io.gtrace.uncertainty.Draws;
import java.util.List;

/**
 * An estimator compiled: the rates of its drivers at the median of all factors and in each joint
 * draw. The same for all sites with the same deployment.
 */
final class UnitRates {
  private final Estimator estimator;
  private final List<Driver> drivers;
  private final UnitRate[] medians;
  private final int drawCount;
  private final double[][] insideKwhDraws;
  private final double[][] networkKwhDraws;
  private final double[][] embodiedKgDraws;

  UnitRates(Estimator estimator, Draws draws) {
    this.estimator = estimator;
    drivers = estimator.drivers().stream().sorted().toList();
    drawCount = draws.count();
    int count = drivers.size();
    medians = new UnitRate[count];
    insideKwhDraws = new double[count][draws.count()];
    networkKwhDraws = new double[count][draws.count()];
    embodiedKgDraws = new double[count][draws.count()];
    FactorState atMedians = FactorState.medians();
    for (int d = 0; d < count; d++) {
      medians[d] = estimator.rate(drivers.get(d), atMedians);
    }
    DrawnFactors drawn = new DrawnFactors(draws);
    for (int k = 0; k < draws.count(); k++) {
      FactorState state = drawn.state(k);
      for (int d = 0; d < count; d++) {
        UnitRate rate = estimator.rate(drivers.get(d), state);
        insideKwhDraws[d][k] = rate.insideFacilityKwh();
        networkKwhDraws[d][k] = rate.networkKwh();
        embodiedKgDraws[d][k] = rate.embodiedKg();
      }
    }
  }

  int drawCount() {
    return drawCount;
  }

  Estimator estimator() {
    return estimator;
  }

  /** The drivers with a rate, in the order of {@link Driver}; index d below is into this list. */
  List<Driver> drivers() {
    return drivers;
  }

  UnitRate median(int d) {
    return medians[d];
  }

  double[] insideKwhDraws(int d) {
    return insideKwhDraws[d];
  }

  double[] networkKwhDraws(int d) {
    return networkKwhDraws[d];
  }

  double[] embodiedKgDraws(int d) {
    return embodiedKgDraws[d];
  }
}
