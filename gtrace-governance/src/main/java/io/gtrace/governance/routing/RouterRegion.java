package io.gtrace.governance.routing;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.factor.Position;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.DrawnRates;
import io.gtrace.ratecard.DrawnSite;
import io.gtrace.ratecard.HourRatios;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rates of a model at one site as arrays: what a unit of each driver emits in each draw. */
final class RouterRegion {
  private final CardRow row;
  private final int[] drivers;

  /** For each driver, carbon of its electricity over the year. */
  private final double[] operationalKg;

  private final double[] embodiedKg;
  private final double[][] drawnOperationalKg;
  private final double[][] drawnEmbodiedKg;

  /** The ratio of each hour to the year; empty where hours are not told apart. */
  private final double[] ratios;

  private RouterRegion(CardRow row, double[] ratios) {
    this.row = row;
    this.ratios = ratios;
    DrawnRates rates = row.drawn().rates();
    DrawnSite.PerKwh perKwh =
        Optional.ofNullable(row.drawn().site().perKwh().get(Impact.OPERATIONAL_LOCATION_BASED_KG))
            .orElseThrow();
    int count = rates.drivers().size();
    drivers = rates.drivers().stream().mapToInt(Driver::ordinal).toArray();
    operationalKg = new double[count];
    embodiedKg = new double[count];
    drawnOperationalKg = new double[count][];
    drawnEmbodiedKg = new double[count][];
    for (int d = 0; d < count; d++) {
      DrawnRates.Rate rate = rates.rate(d);
      operationalKg[d] =
          rate.insideFacilityKwh().median() * perKwh.inside().median()
              + rate.networkKwh().median() * perKwh.network().median();
      embodiedKg[d] = rate.embodiedKg().median();
      drawnEmbodiedKg[d] = rate.embodiedKg().draws();
      drawnOperationalKg[d] = operational(rate, perKwh);
    }
  }

  private static double[] operational(DrawnRates.Rate rate, DrawnSite.PerKwh perKwh) {
    double[] inside = rate.insideFacilityKwh().draws();
    double[] network = rate.networkKwh().draws();
    double[] drawn = new double[inside.length];
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] = inside[k] * perKwh.inside().draws()[k] + network[k] * perKwh.network().draws()[k];
    }
    return drawn;
  }

  /**
   * @param row of the whole year
   * @param hours in the order of slots; empty where hours are not told apart
   */
  static RouterRegion of(CardRow row, List<HourRatios> hours) {
    return new RouterRegion(row, hours.stream().mapToDouble(HourRatios::locationBased).toArray());
  }

  String id() {
    return row.site();
  }

  Optional<Position> position() {
    return row.position();
  }

  boolean hoursKnown() {
    return ratios.length > 0;
  }

  int drawCount() {
    return drawnEmbodiedKg.length == 0 ? 0 : drawnEmbodiedKg[0].length;
  }

  double ratio(int slot) {
    return ratios.length == 0 ? 1 : ratios[slot];
  }

  double carbonKg(Volumes volumes, double ratio) {
    double operational = 0;
    double embodied = 0;
    for (int d = 0; d < drivers.length; d++) {
      double volume = volumes.get(drivers[d]);
      operational += volume * operationalKg[d];
      embodied += volume * embodiedKg[d];
    }
    return operational * ratio + embodied;
  }

  /** Sets the carbon of each draw. */
  void drawCarbonKg(double[] target, Volumes volumes, double ratio) {
    Arrays.fill(target, 0);
    for (int d = 0; d < drivers.length; d++) {
      double volume = volumes.get(drivers[d]);
      if (volume != 0) {
        add(target, drawnOperationalKg[d], volume * ratio);
        add(target, drawnEmbodiedKg[d], volume);
      }
    }
  }

  private static void add(double[] target, double[] unit, double volume) {
    for (int k = 0; k < target.length; k++) {
      target[k] += volume * unit[k];
    }
  }

  double median(Volumes volumes, Impact basic) {
    double sum = 0;
    for (Driver driver : row.drivers()) {
      sum += volumes.get(driver) * row.perUnit(driver, basic);
    }
    return sum;
  }
}
