package io.gtrace.simulation.use;

import io.gtrace.simulation.Within;
import java.util.List;

/**
 * What people do once they have noticed.
 *
 * @param trialShare share of those who noticed that try, 0 to 1
 * @param decisionHours mean active hours from noticing to trying, above 0
 * @param sessions how they come back
 * @param kinds what they make; at least one, shares add up to 1
 * @param variationLogSd spread of the logarithm of the energy of one output against another of its
 *     kind
 * @param services who makes it; at least one
 * @param devices what it can be made on at home
 * @param habits of each cohort, in the order of the population
 */
public record Use(
    double trialShare,
    double decisionHours,
    Sessions sessions,
    List<OutputKind> kinds,
    double variationLogSd,
    List<Service> services,
    List<OwnDevice> devices,
    List<Habits> habits) {
  public Use {
    Within.require("share that tries", trialShare, 0, 1);
    Within.require("hours until trying", decisionHours, 0.01, 100_000);
    Within.require("variation of an output", variationLogSd, 0, 5);
    kinds = List.copyOf(kinds);
    services = List.copyOf(services);
    devices = List.copyOf(devices);
    habits = List.copyOf(habits);
    Within.requireWhole("shares of the outputs", kinds.stream().map(OutputKind::share).toList());
    for (Habits of : habits) {
      if (of.ownership().size() != devices.size() || of.services().size() != services.size()) {
        throw new IllegalArgumentException(
            "habits must speak of "
                + devices.size()
                + " devices and "
                + services.size()
                + " services");
      }
    }
  }
}
