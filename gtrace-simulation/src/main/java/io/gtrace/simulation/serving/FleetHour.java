package io.gtrace.simulation.serving;

/**
 * How a fleet did in one hour.
 *
 * @param acceptedShare share of the demanded outputs that were made, 0 to 1
 * @param energyRatio energy of an output over what the rate card assumes, above 0
 * @param waitS mean wait of an accepted output, s
 * @param accelerators accelerators switched on
 * @param utilisation share of their time at work, 0 to 1
 * @param meanBatch outputs made together, on average while at work
 */
public record FleetHour(
    double acceptedShare,
    double energyRatio,
    double waitS,
    double accelerators,
    double utilisation,
    double meanBatch) {
  /** All accepted, at the energy of the rate card, at once. */
  public static final FleetHour AT_EASE = new FleetHour(1, 1, 0, 0, 0, 1);
}
