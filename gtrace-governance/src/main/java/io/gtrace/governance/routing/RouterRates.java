package io.gtrace.governance.routing;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.ratecard.Drawn;
import io.gtrace.ratecard.DrawnRates;
import java.util.Arrays;

/**
 * The rates of a model on one kind of hardware as arrays; regions with that hardware share them.
 */
final class RouterRates {
  private final DrawnRates rates;
  private final int[] drivers;

  RouterRates(DrawnRates rates) {
    this.rates = rates;
    drivers = rates.drivers().stream().mapToInt(Driver::ordinal).toArray();
  }

  boolean areOf(DrawnRates others) {
    return rates == others;
  }

  int drawCount() {
    return drivers.length == 0 ? 0 : rates.rate(0).insideFacilityKwh().draws().length;
  }

  /** What one request takes, wherever it runs; written over for the next. */
  static final class Request {
    double insideKwh;
    double networkKwh;
    double embodiedKg;
    final double[] insideKwhDraws;
    final double[] networkKwhDraws;
    final double[] embodiedKgDraws;

    Request(int draws) {
      insideKwhDraws = new double[draws];
      networkKwhDraws = new double[draws];
      embodiedKgDraws = new double[draws];
    }
  }

  /** Sets what a request of these volumes takes at the medians. */
  void sumMedians(Request request, Volumes volumes) {
    request.insideKwh = 0;
    request.networkKwh = 0;
    request.embodiedKg = 0;
    for (int d = 0; d < drivers.length; d++) {
      double volume = volumes.get(drivers[d]);
      DrawnRates.Rate rate = rates.rate(d);
      request.insideKwh += volume * rate.insideFacilityKwh().median();
      request.networkKwh += volume * rate.networkKwh().median();
      request.embodiedKg += volume * rate.embodiedKg().median();
    }
  }

  /** Sets what it takes in each draw. */
  void sumDraws(Request request, Volumes volumes) {
    Arrays.fill(request.insideKwhDraws, 0);
    Arrays.fill(request.networkKwhDraws, 0);
    Arrays.fill(request.embodiedKgDraws, 0);
    for (int d = 0; d < drivers.length; d++) {
      double volume = volumes.get(drivers[d]);
      if (volume != 0) {
        DrawnRates.Rate rate = rates.rate(d);
        add(request.insideKwhDraws, volume, rate.insideFacilityKwh());
        add(request.networkKwhDraws, volume, rate.networkKwh());
        add(request.embodiedKgDraws, volume, rate.embodiedKg());
      }
    }
  }

  private static void add(double[] sum, double volume, Drawn unit) {
    double[] draws = unit.draws();
    for (int k = 0; k < sum.length; k++) {
      sum[k] += volume * draws[k];
    }
  }
}
