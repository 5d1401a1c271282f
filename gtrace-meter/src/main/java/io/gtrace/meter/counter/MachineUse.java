package io.gtrace.meter.counter;

import java.util.Set;

/**
 * How busy a machine was between two readings, and how much of that was the command's.
 *
 * @param busyShare of the time of all its logical processors that was worked, 0 to 1
 * @param ownOfBusy share of the worked time that the command worked, 0 to 1
 * @param ownMemoryBytes resident memory of the command
 * @param ownOfMemory the same over all memory in use, 0 to 1
 * @param ownProcesses all processes that are or were the command's
 * @param whole whether all of the machine counts as the command's
 */
public record MachineUse(
    double busyShare,
    double ownOfBusy,
    double ownMemoryBytes,
    double ownOfMemory,
    Set<Long> ownProcesses,
    boolean whole) {
  public MachineUse {
    ownProcesses = Set.copyOf(ownProcesses);
  }
}
