package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import io.gtrace.estimate.DrawnFactors;
import io.gtrace.estimate.Estimator;
import io.gtrace.estimate.FactorState;
import io.gtrace.estimate.UnitRate;
import io.gtrace.uncertainty.Draws;
import java.util.EnumMap;
import java.util.List;

/** An estimator and what it compiles to. The same for all sites with the same deployment. */
record UnitRates(Estimator estimator, DrawnRates drawn) {

  /** Computes the rates at the median of all factors and in each joint draw. */
  static UnitRates compiled(Estimator estimator, Draws draws) {
    List<Driver> drivers = estimator.drivers().stream().sorted().toList();
    EnumMap<Driver, DrawnRates.Rate> rates = new EnumMap<>(Driver.class);
    for (Driver driver : drivers) {
      UnitRate median = estimator.rate(driver, FactorState.medians());
      rates.put(
          driver,
          new DrawnRates.Rate(
              undrawn(median.insideFacilityKwh(), draws),
              undrawn(median.networkKwh(), draws),
              undrawn(median.embodiedKg(), draws)));
    }
    DrawnFactors drawn = new DrawnFactors(draws);
    for (int k = 0; k < draws.count(); k++) {
      FactorState state = drawn.state(k);
      int draw = k;
      rates.forEach((driver, rate) -> {
        UnitRate inDraw = estimator.rate(driver, state);
        rate.insideFacilityKwh().draws()[draw] = inDraw.insideFacilityKwh();
        rate.networkKwh().draws()[draw] = inDraw.networkKwh();
        rate.embodiedKg().draws()[draw] = inDraw.embodiedKg();
      });
    }
    return new UnitRates(estimator, new DrawnRates(rates));
  }

  private static Drawn undrawn(double median, Draws draws) {
    return new Drawn(median, new double[draws.count()]);
  }
}
