package io.gtrace.simulation.adoption;

import io.gtrace.simulation.random.PersonDraws;

/** Exposures as events in time. */
final class Exposing {
  private Exposing() {}

  /** A Poisson process of constant rate over the first hours. */
  static void steadily(
      double ratePerHour, double hours, PersonDraws draws, AdoptionModel.Exposures exposures) {
    if (ratePerHour <= 0) {
      return;
    }
    double meanGap = 1 / ratePerHour;
    for (double at = draws.exponential() * meanGap;
        at < hours;
        at += draws.exponential() * meanGap) {
      exposures.after(at);
    }
  }

  /**
   * A Poisson number of exposures, each after a delay of its own; those after the first hours are
   * neither drawn nor told.
   */
  static void each(
      double mean, Delays delays, int hours, PersonDraws draws, AdoptionModel.Exposures exposures) {
    double share = delays.shareWithin(hours);
    double within = mean * share;
    for (double at = draws.exponential(); at < within; at += draws.exponential()) {
      exposures.after(delays.at(draws.uniform() * share));
    }
  }
}
