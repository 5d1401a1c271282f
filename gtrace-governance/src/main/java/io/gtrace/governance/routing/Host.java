package io.gtrace.governance.routing;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where work can run: a region of a cloud, a data centre.
 *
 * @param name unique among the hosts of a problem
 * @param capacityKwh most energy of hardware in each slot, kWh; infinite where nothing limits it
 * @param perKwh what a kilowatt-hour of hardware costs in each slot
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record Host(String name, double[] capacityKwh, Map<Criterion, double[]> perKwh) {
  public Host {
    perKwh = Collections.unmodifiableMap(new EnumMap<>(perKwh));
    for (double each : capacityKwh) {
      if (!(each >= 0)) {
        throw new IllegalArgumentException("the capacity of " + name + " must be 0 or more");
      }
    }
  }

  double perKwh(Criterion criterion, int slot) {
    double[] known = perKwh.get(criterion);
    return known == null ? 0 : known[slot];
  }
}
