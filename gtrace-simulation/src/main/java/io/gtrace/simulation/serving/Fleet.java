package io.gtrace.simulation.serving;

/** The accelerators of one service in one region over one run. Not for sharing between threads. */
public interface Fleet {
  /**
   * Serves the demand of the next hour; hours come in order.
   *
   * @param demandedOutputs outputs that people ask for within the hour, at least 0
   */
  FleetHour serve(double demandedOutputs);

  /** A fleet that always has room and always runs at the load that the rate card assumes. */
  static Fleet boundless() {
    return demanded -> FleetHour.AT_EASE;
  }
}
