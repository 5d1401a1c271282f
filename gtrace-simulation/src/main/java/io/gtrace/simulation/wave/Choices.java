package io.gtrace.simulation.wave;

import java.util.List;

/** Shares as a table to choose from by a number from 0 to 1. */
final class Choices {
  private final double[] upTo;

  Choices(List<Double> shares) {
    upTo = new double[shares.size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += shares.get(i);
      upTo[i] = sum;
    }
  }

  /** The choice whose share a number falls in; the number of choices if beyond their sum. */
  int at(double uniform) {
    int choice = 0;
    // All are compared: to stop in time is a branch, which would be guessed wrong.
    for (double bound : upTo) {
      choice += uniform >= bound ? 1 : 0;
    }
    return choice;
  }

  /** The same for shares that add up to 1, whatever rounding says. */
  int whole(double uniform) {
    return Math.min(at(uniform), upTo.length - 1);
  }
}
