package io.gtrace.simulation.serving;

/** Refuses parameters out of range. */
final class Within {
  private Within() {}

  static void require(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", not " + value);
    }
  }
}
