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
   * @param runs the same part of each run
   * @param drawCount joint draws of the factors; further runs begin with the first again
   * @param times how many times each counts
   */
  static Footprint of(List<Footprint> runs, int drawCount, IntToDoubleFunction times) {
    double[][] values = new double[BASIC][];
    double[] medians = new double[BASIC];
    for (int i = 0; i < BASIC; i++) {
      values[i] = values(runs, drawCount, IMPACTS[i], times);
      medians[i] = values[i].length == 0 ? Double.NaN : Quantities.of(values[i]).median();
    }
    return Footprint.of(
        runs.get(0).factorSet(), medians, 0, impact -> values[impact.ordinal()].clone());
  }

  private static double[] values(
      List<Footprint> runs, int drawCount, Impact impact, IntToDoubleFunction times) {
    if (runs.stream().anyMatch(run -> Double.isNaN(run.median(impact)))) {
      return new double[0];
    }
    double[] values = new double[runs.size()];
    for (int run = 0; run < values.length; run++) {
      values[run] = runs.get(run).draw(impact, run % drawCount) * times.applyAsDouble(run);
    }
    return values;
  }
}
