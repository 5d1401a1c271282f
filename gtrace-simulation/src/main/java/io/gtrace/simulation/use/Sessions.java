package io.gtrace.simulation.use;

import io.gtrace.simulation.Within;

/**
 * How people come back. A session is what a person makes in one day.
 *
 * @param meanOutputs outputs that are wanted in a session on average, at least 1
 * @param enthusiasmLogSd spread of the logarithm of a person's own mean beyond the first output
 * @param returnShare share of sessions after which another follows, 0 to below 1
 * @param gapHours mean active hours from one session to the next, above 0
 * @param persistence share of those who got nothing that try again, 0 to 1
 * @param retryHours mean active hours until they do, above 0
 */
public record Sessions(
    double meanOutputs,
    double enthusiasmLogSd,
    double returnShare,
    double gapHours,
    double persistence,
    double retryHours) {
  public Sessions {
    Within.require("outputs of a session", meanOutputs, 1, 10_000);
    Within.require("spread of enthusiasm", enthusiasmLogSd, 0, 5);
    Within.require("share that returns", returnShare, 0, 0.999);
    Within.require("gap between sessions", gapHours, 0.01, 100_000);
    Within.require("persistence", persistence, 0, 1);
    Within.require("hours until a retry", retryHours, 0.01, 100_000);
  }
}
