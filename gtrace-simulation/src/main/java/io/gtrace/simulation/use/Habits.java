package io.gtrace.simulation.use;

import io.gtrace.simulation.Within;
import java.util.List;

/**
 * What people of a cohort have and use.
 *
 * @param ownership share that owns each device class as their best; at most 1 together
 * @param services share of users of each service; adds up to 1
 * @param existingUsers share that uses the service already before the wave, 0 to 1
 * @param payingUsers share that pays, 0 to 1
 */
public record Habits(
    List<Double> ownership, List<Double> services, double existingUsers, double payingUsers) {
  public Habits {
    ownership = List.copyOf(ownership);
    services = List.copyOf(services);
    ownership.forEach(share -> Within.require("share of owners", share, 0, 1));
    Within.require(
        "shares of owners together",
        ownership.stream().mapToDouble(Double::doubleValue).sum(),
        0,
        1);
    Within.requireWhole("shares of the services", services);
    Within.require("share of existing users", existingUsers, 0, 1);
    Within.require("share of paying users", payingUsers, 0, 1);
  }
}
