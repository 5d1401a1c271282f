package io.gtrace.simulation.study;

import io.gtrace.simulation.wave.HourOfWave;

/** Outputs of a run by venue and their energy by hour. */
final class OutputSums {
  private final double[] outputsByVenue;
  private final double[] energyKwhByHour;

  /**
   * @param hours of the run
   * @param venues where outputs can be made
   */
  OutputSums(int hours, int venues) {
    outputsByVenue = new double[venues];
    energyKwhByHour = new double[hours];
  }

  /** Takes in an hour. */
  void add(HourOfWave made) {
    energyKwhByHour[made.hour()] = made.energyKwh();
    for (int venue = 0; venue < outputsByVenue.length; venue++) {
      outputsByVenue[venue] += made.outputs(venue);
    }
  }

  /** Outputs made at each venue in the run. */
  double[] outputsByVenue() {
    return outputsByVenue.clone();
  }

  /** Energy of the outputs of an hour with every factor at its median, kWh. */
  double energyKwh(int hour) {
    return energyKwhByHour[hour];
  }
}
