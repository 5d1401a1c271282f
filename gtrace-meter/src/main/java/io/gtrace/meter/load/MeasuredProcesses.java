package io.gtrace.meter.load;

/**
 * Whose processor time and memory are the command's.
 *
 * @param root the process whose descendants are
 * @param withRoot whether it is the command's itself
 */
public record MeasuredProcesses(long root, boolean withRoot) {

  /** All that a meter starts; it is none of them itself. */
  public static MeasuredProcesses startedBy(long meter) {
    return new MeasuredProcesses(meter, false);
  }

  /** A process that runs already, and all below it. */
  public static MeasuredProcesses running(long pid) {
    return new MeasuredProcesses(pid, true);
  }
}
