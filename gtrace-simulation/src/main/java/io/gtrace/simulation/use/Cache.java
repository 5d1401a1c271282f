package io.gtrace.simulation.use;

import io.gtrace.simulation.Within;

/**
 * Outputs that a service has made before, or nearly so, and serves again.
 *
 * @param hitShare share of the outputs asked for that it has, 0 to 1
 * @param energyShare energy of finding one over that of making it, 0 to 1
 */
public record Cache(double hitShare, double energyShare) {
  /** Everything is made anew. */
  public static final Cache NONE = new Cache(0, 1);

  public Cache {
    Within.require("share that the cache has", hitShare, 0, 1);
    Within.require("energy share of the cache", energyShare, 0, 1);
  }
}
