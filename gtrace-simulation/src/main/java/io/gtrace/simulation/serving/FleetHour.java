package io.gtrace.simulation.serving;

/**
 * How a fleet did in one hour.
 *
 * @param acceptedShare share of the demanded outputs that were made, 0 to 1
 * @param energyRatio energy of an output over what the rate card assumes, above 0; it bears what
 *     stood idle, and is 1 if nothing was made
 * @param waitS mean delay of an accepted output, s: how much later it is there than if the fleet
 *     had nothing else to do; the longest wait if none was accepted
 * @param accelerators accelerators switched on
 * @param utilisation share of their time at work, 0 to 1
 * @param meanBatch outputs made together, on average while at work; 0 if never at work
 * @param idleKwh energy of what was switched on and not at work, with its machines, kWh; in an hour
 *     in which nothing was made no output bears it
 */
public record FleetHour(
    double acceptedShare,
    double energyRatio,
    double waitS,
    double accelerators,
    double utilisation,
    double meanBatch,
    double idleKwh) {
  /** All accepted, at the energy of the rate card, at once. */
  public static final FleetHour AT_EASE = new FleetHour(1, 1, 0, 0, 0, 1);

  /** Of a fleet that never stands idle. */
  public FleetHour(
      double acceptedShare,
      double energyRatio,
      double waitS,
      double accelerators,
      double utilisation,
      double meanBatch) {
    this(acceptedShare, energyRatio, waitS, accelerators, utilisation, meanBatch, 0);
  }
}
