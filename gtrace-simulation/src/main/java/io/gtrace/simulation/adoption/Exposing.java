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
   * A Poisson process of constant rate from 0 to an end. A few exposures are told in any case,
   * whether they count or not: a loop would be ended by a wrong guess for nearly every adopter.
   */
  static void steadily(double rate, double end, long stream, AdoptionModel.Exposures exposures) {
    double meanGap = 1 / rate;
    double at = 0;
    int number = FIRST_GAP;
    do {
      for (int i = 0; i < FEW; i++) {
        long bits = PersonDraws.later(stream, number + i);
        at += Levels.Exponential.of(bits) * meanGap;
        exposures.after(at, bits, at < end ? 1 : 0);
      }
      number += FEW;
    } while (at < end);
  }
}
