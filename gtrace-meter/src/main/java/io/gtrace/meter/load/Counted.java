package io.gtrace.meter.load;

/** What counts as the command's own. */
public enum Counted {
  /** The command and all processes that it started, directly or not. */
  COMMAND,
  /** All that runs in the control group of the meter, as in a container. */
  CGROUP,
  /** All of the machine. */
  MACHINE
}
