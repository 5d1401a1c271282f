package io.gtrace.simulation.adoption;

/** Refuses parameters out of range. */
final class Check {
  private Check() {}

  /** Returns nothing if the value lies within the bounds. */
  static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", not " + value);
    }
  }
}
