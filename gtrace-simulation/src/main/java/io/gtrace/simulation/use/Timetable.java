package io.gtrace.simulation.use;

import io.gtrace.simulation.Within;
import java.util.List;

/**
 * Where a service works in each hour of a run, and when it would rather.
 *
 * @param regionShares by hour: the share of each region, adds up to 1
 * @param betterHour by hour: the hour to which the service asks people to put a session off; the
 *     same hour if this one is as good
 * @param patientShare share of the people who agree, 0 to 1
 */
public record Timetable(
    List<List<Double>> regionShares, List<Integer> betterHour, double patientShare) {
  public Timetable {
    regionShares = regionShares.stream().map(List::copyOf).toList();
    betterHour = List.copyOf(betterHour);
    Within.require("share of the patient", patientShare, 0, 1);
    regionShares.forEach(shares -> Within.requireWhole("shares of the regions", shares));
    for (int hour = 0; hour < betterHour.size(); hour++) {
      Within.require("better hour", betterHour.get(hour), hour, betterHour.size() - 1);
    }
  }
}
