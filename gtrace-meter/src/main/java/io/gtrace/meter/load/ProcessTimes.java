package io.gtrace.meter.load;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Processor time of a process.
 *
 * @param ownSeconds that it worked itself
 * @param endedChildrenSeconds of processes that it started and whose end it has taken note of, and
 *     of those that they started
 */
record ProcessTimes(double ownSeconds, double endedChildrenSeconds) {
  /** What Linux counts times in, for programs, on every machine: hundredths of a second. */
  static final double TICKS_PER_SECOND = 100;

  // Places after the name, which is in brackets and may hold anything: proc(5), /proc/pid/stat.
  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final int CHILDREN_USER_TIME = 13;
  private static final int CHILDREN_SYSTEM_TIME = 14;

  /** Reads them; empty if the process has ended. */
  static Optional<ProcessTimes> of(Path process) {
    return ProcFile.text(process.resolve("stat")).flatMap(ProcessTimes::parse);
  }

  private static Optional<ProcessTimes> parse(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= CHILDREN_SYSTEM_TIME) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessTimes(
            (ProcFile.number(fields[USER_TIME]) + ProcFile.number(fields[SYSTEM_TIME]))
                / TICKS_PER_SECOND,
            (ProcFile.number(fields[CHILDREN_USER_TIME])
                    + ProcFile.number(fields[CHILDREN_SYSTEM_TIME]))
                / TICKS_PER_SECOND));
  }

  double allSeconds() {
    return ownSeconds + endedChildrenSeconds;
  }
}
