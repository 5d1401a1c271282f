package io.gtrace.simulation.use;

import io.gtrace.simulation.Within;

/**
 * A class of devices on which people can run a model themselves.
 *
 * @param id device as the factor catalogue names it
 * @param leaning log odds of using it rather than a service that answers at once, with a taste for
 *     privacy in the middle
 * @param perPrivacy change of the log odds by a standard deviation of the taste for privacy
 * @param perWait change of the log odds when the wait for the service grows e-fold beyond a minute
 */
public record OwnDevice(String id, double leaning, double perPrivacy, double perWait) {
  public OwnDevice {
    Within.require("leaning to " + id, leaning, -50, 50);
    Within.require("weight of privacy", perPrivacy, -50, 50);
    Within.require("weight of waiting", perWait, -50, 50);
  }

  /**
   * Odds against running a session on the device, for a taste for privacy in the middle.
   *
   * @param waitS what the service keeps people waiting, s
   */
  public double oddsAgainst(double waitS) {
    return Math.exp(-leaning - perWait * Math.log1p(waitS / 60));
  }

  /**
   * By how much a taste for privacy multiplies those odds.
   *
   * @param privacy taste in standard deviations
   */
  public double changeByPrivacy(double privacy) {
    return Math.exp(-perPrivacy * privacy);
  }
}
