package io.gtrace.simulation.study;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** A footprint whose draws are the runs of an ensemble, each in another state of the factors. */
final class Drawn {
  private static final Impact[] IMPACTS = Impact.values();
  private static final int BASIC = Impact.CARBON_KG.ordinal();

  private Drawn() {}

  /**
   * @param runs the same part of each run, in its one state of the factors
   * @param times how many times each counts
   */
  static Footprint of(List<Footprint> runs, IntToDoubleFunction times) {
    double[][] values = new double[BASIC][];
    double[] medians = new double[BASIC];
    for (int i = 0; i < BASIC; i++) {
      values[i] = values(runs, IMPACTS[i], times);
      medians[i] = values[i].length == 0 ? Double.NaN : Quantities.of(values[i]).median();
    }
    return Footprint.of(
        runs.get(0).factorSet(), medians, 0, impact -> values[impact.ordinal()].clone());
  }

  private static double[] values(List<Footprint> runs, Impact impact, IntToDoubleFunction times) {
    if (runs.stream().anyMatch(run -> Double.isNaN(run.median(impact)))) {
      return new double[0];
    }
    double[] values = new double[runs.size()];
    for (int run = 0; run < values.length; run++) {
      values[run] = runs.get(run).draw(impact, 0) * times.applyAsDouble(run);
    }
    return values;
  }
}
