package io.gtrace.simulation.use;

import io.gtrace.simulation.Within;

/**
 * Who may make how much from an hour on, until the next rule.
 *
 * @param fromHour hour of the run from which it holds; below 0 for before the run
 * @param freeOutputsPerDay cap of those who do not pay; 0 if closed to them
 * @param paidOutputsPerDay cap of those who pay; 0 if closed to them
 */
public record AccessRule(int fromHour, int freeOutputsPerDay, int paidOutputsPerDay) {
  /** Open to everyone without a cap. */
  public static final AccessRule OPEN = new AccessRule(0, 1_000_000, 1_000_000);

  public AccessRule {
    Within.require("outputs of a day", freeOutputsPerDay, 0, 1_000_000);
    Within.require("outputs of a day", paidOutputsPerDay, 0, 1_000_000);
  }
}
