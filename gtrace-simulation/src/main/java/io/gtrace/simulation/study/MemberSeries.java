package io.gtrace.simulation.study;

import io.gtrace.simulation.wave.Count;
import io.gtrace.simulation.wave.WaveResult;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** The hours of one run, over all countries. */
final class MemberSeries implements Serializable {
  private static final long serialVersionUID = 1L;

  private final EnumMap<Measure, double[]> values = new EnumMap<>(Measure.class);

  /** What is told of each hour. */
  enum Measure {
    NOTICED,
    SEARCHED,
    ADOPTED,
    NEW_USERS,
    ACTIVE,
    OUTPUTS,
    REFUSED,
    ENERGY_KWH,
    CARBON_KG,
    WATER_L
  }

  MemberSeries(WaveResult result, OutputSums sums, Optional<WavePricing> prices) {
    int hours = result.hours();
    put(Measure.NOTICED, hours, hour -> result.count(hour, Count.NOTICED));
    put(Measure.SEARCHED, hours, hour -> result.count(hour, Count.SEARCHED));
    put(Measure.ADOPTED, hours, hour -> result.count(hour, Count.ADOPTED));
    put(Measure.NEW_USERS, hours, hour -> result.count(hour, Count.NEW_USERS));
    put(Measure.REFUSED, hours, hour -> result.count(hour, Count.REFUSED));
    put(Measure.OUTPUTS, hours, result::outputs);
    double[] idleKwh = prices.map(WavePricing::idleKwhByHour).orElseGet(() -> new double[hours]);
    put(Measure.ENERGY_KWH, hours, hour -> sums.energyKwh(hour) + idleKwh[hour]);
    double[] carbonKg = prices.map(WavePricing::carbonKgByHour).orElseGet(() -> new double[hours]);
    double[] waterL = prices.map(WavePricing::waterLByHour).orElseGet(() -> new double[hours]);
    put(Measure.CARBON_KG, hours, hour -> carbonKg[hour]);
    put(Measure.WATER_L, hours, hour -> waterL[hour]);
    double[] active = new double[hours];
    double now = 0;
    for (int hour = 0; hour < hours; hour++) {
      now += (double) result.count(hour, Count.ADOPTED) - result.count(hour, Count.STOPPED);
      active[hour] = now;
    }
    values.put(Measure.ACTIVE, active);
  }

  private void put(Measure measure, int hours, IntToDoubleFunction ofHour) {
    double[] series = new double[hours];
    for (int hour = 0; hour < hours; hour++) {
      series[hour] = ofHour.applyAsDouble(hour);
    }
    values.put(measure, series);
  }

  double at(Measure measure, int hour) {
    double[] series = values.get(measure);
    return series == null ? 0 : series[hour];
  }

  /** The sum over the hours before one. */
  double before(Measure measure, int end) {
    double sum = 0;
    for (int hour = 0; hour < end; hour++) {
      sum += at(measure, hour);
    }
    return sum;
  }
}
