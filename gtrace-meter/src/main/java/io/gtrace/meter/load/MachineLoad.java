package io.gtrace.meter.load;

import io.gtrace.meter.counter.MachineUse;
import java.util.List;

/** Tells how busy the machine is, and with whose work. Begins at the first reading. */
public interface MachineLoad {

  /**
   * Reads it.
   *
   * @param nanos the moment, as {@link System#nanoTime} tells it
   * @return how it was used since the reading before; nothing at the first
   */
  MachineUse read(long nanos);

  /** What it has been since the first reading. */
  LoadTotals totals();

  /** What whoever reads the figures must know. */
  List<String> notes();
}
