package io.gtrace.simulation.wave;

/** What the rate card says of one output. */
@FunctionalInterface
public interface EnergyOfOutput {
  /**
   * Energy of one output of a kind at a venue with every factor at its median, kWh; its wider
   * surroundings (facility, network) included.
   *
   * @param venue place in {@link Venues#all}
   * @param kind place among the kinds of the wave
   */
  double kwh(int venue, int kind);

  /**
   * Share of that energy that the load of a fleet scales, 0 to 1: that of its machines and their
   * facility, not that of the network.
   */
  default double loadShare(int venue, int kind) {
    return 1;
  }
}
