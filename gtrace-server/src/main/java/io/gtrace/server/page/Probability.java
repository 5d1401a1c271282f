package io.gtrace.server.page;

import io.gtrace.report.Figures;

/** Probabilities in words: a few hundred draws tell no more than that. */
final class Probability {
  private static final double LEAST_TOLD = 0.005;

  private Probability() {}

  /** As in {@code a probability of 62 %}. */
  static String inWords(double probability) {
    if (probability < LEAST_TOLD) {
      return "a probability of less than 1 %";
    }
    if (probability > 1 - LEAST_TOLD) {
      return "a probability of more than 99 %";
    }
    return "a probability of " + Figures.percent(probability) + " %";
  }
}
