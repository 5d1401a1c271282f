package io.gtrace.meter.counter;

import java.util.List;

/**
 * Tells the energy of one part of the machine, and the command's own share of it. Energy begins at
 * the first reading and ends at the last one. Not for sharing between threads.
 */
public interface EnergyMeter {
  Component component();

  /** The part, unique on the machine: {@code package-0}, {@code GPU 1: NVIDIA H100}. */
  String name();

  /** How its energy is known so far. */
  Basis basis();

  /**
   * Reads it.
   *
   * @param nanos the moment, as {@link System#nanoTime} tells it
   * @param use how the machine was used since the reading before
   */
  void read(long nanos, MachineUse use);

  /** What was taken between the first reading and the last. */
  Tally tally();

  /** What whoever reads the figure must know. */
  List<String> notes();
}
