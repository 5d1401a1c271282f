package io.gtrace.simulation.adoption;

import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.random.PersonDraws;

/** Exposures as events in time. Of an adopter's stream the first number says how long. */
final class Exposing {
  /** The number of an adopter's stream that says for how long the adopter exposes others. */
  static final int DURATION = 1;

  private static final int FIRST_GAP = 2;
  private static final int FEW = 3;

  private Exposing() {}

  /**
   * A Poisson process of constant rate over the first hours. A few exposures are told in any case,
   * whether they count or not: a loop would be ended by a wrong guess for nearly every adopter.
   */
  static void steadily(
      double ratePerHour, double hours, long stream, AdoptionModel.Exposures exposures) {
    double meanGap = 1 / ratePerHour;
    double at = 0;
    int number = FIRST_GAP;
    do {
      for (int i = 0; i < FEW; i++) {
        long bits = PersonDraws.later(stream, number + i);
        at += Levels.Exponential.of(bits) * meanGap;
        exposures.after(at, bits, at < hours ? 1 : 0);
      }
      number += FEW;
    } while (at < hours);
  }

  /**
   * A Poisson number of exposures, each after a delay of its own; those after the first hours do
   * not count. The shares of all delays that have passed when exposures come are a Poisson process
   * of constant rate, so each takes one number, and they come in order.
   */
  static void each(
      double mean, Delays delays, int hours, long stream, AdoptionModel.Exposures exposures) {
    steadily(
        mean,
        delays.shareWithin(hours),
        stream,
        (share, bits, counts) -> exposures.after(delays.at(share), bits, counts));
  }
}
