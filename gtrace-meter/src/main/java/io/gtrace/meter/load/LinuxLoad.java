package io.gtrace.meter.load;

import io.gtrace.meter.counter.MachineUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How busy a Linux machine is: {@code /proc/stat} of all, the process tree of the command, or its
 * control group. Time that a hypervisor gave to others is no work of this machine.
 */
public final class LinuxLoad implements MachineLoad {
  /** The number that Linux gives the first space of process numbers (PROC_PID_INIT_INO). */
  private static final String FIRST_PROCESS_SPACE = "pid:[4026531836]";

  private static final double BYTES_PER_KB = 1024;

  private final Path proc;
  private final MeasuredProcesses measured;
  private final int logicalProcessors;
  private final Counted counted;
  private final ProcessTree tree;
  private final Optional<ControlGroup> group;
  private final Set<Long> ownProcesses = new HashSet<>();

  private boolean begun;
  private long firstNanos;
  private long lastNanos;
  private State first = new State(0, 0);
  private State last = first;
  private double ownMemoryByteSeconds;
  private int processesLeft;
  private double lostSeconds;
  private boolean wasLower;

  /** Processor time by a moment. */
  private record State(double busySeconds, double ownSeconds) {}

  /**
   * @param root of the file system
   * @param self the meter; never counts unless all of a control group or machine does
   */
  public LinuxLoad(
      Path root, long self, MeasuredProcesses measured, int logicalProcessors, Counted counted) {
    proc = root.resolve("proc");
    this.logicalProcessors = logicalProcessors;
    this.counted = counted;
    this.measured = measured;
    tree = new ProcessTree(proc, self, measured);
    group = counted == Counted.CGROUP ? ControlGroup.of(root, measured.root()) : Optional.empty();
    if (counted == Counted.CGROUP && group.isEmpty()) {
      throw new IllegalArgumentException(
          "no control group tells the processor time here (cpu.stat of version 2, or cpuacct.usage"
              + " of version 1): count the command or the machine instead");
    }
  }

  /** Whether this machine tells what is read here. */
  public static boolean isTold(Path root) {
    return Files.isReadable(root.resolve("proc/stat"));
  }

  /**
   * Whether processes have other numbers here than in the kernel's first space, as in containers.
   */
  public static boolean isContained(Path root) {
    try {
      String space = Files.readSymbolicLink(root.resolve("proc/self/ns/pid")).toString();
      return !space.equals(FIRST_PROCESS_SPACE);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  @Override
  public MachineUse read(long nanos) {
    ProcessTree.Reading reading = tree.read();
    processesLeft = reading.running().size();
    ownProcesses.addAll(reading.running());
    group.ifPresent(each -> ownProcesses.addAll(each.processes()));
    double ownSeconds = group.map(ControlGroup::cpuSeconds).orElse(reading.cpuSeconds());
    double ownBytes = group.map(ControlGroup::memoryBytes).orElse(reading.memoryBytes());
    State now = new State(busySeconds(), growing(ownSeconds));
    if (!begun) {
      begun = true;
      first = now;
      last = now;
      firstNanos = nanos;
      lastNanos = nanos;
    }
    double seconds = (nanos - lastNanos) / 1e9;
    double busy = Math.max(0, now.busySeconds() - last.busySeconds());
    double own = now.ownSeconds() - last.ownSeconds();
    double memory = memoryInUse();
    ownMemoryByteSeconds += ownBytes * seconds;
    last = now;
    lastNanos = nanos;
    return new MachineUse(
        seconds > 0 ? share(busy, seconds * logicalProcessors) : 0,
        busy > 0 ? share(own, busy) : own > 0 ? 1 : 0,
        ownBytes,
        share(ownBytes, memory),
        ownProcesses,
        counted == Counted.MACHINE);
  }

  /**
   * Processor time that never falls. A process that ended and whose parent has not yet taken note
   * is missed in one reading and back in the next; what stays away longer, as of a process whose
   * parent takes no note at all, is kept from then on.
   */
  private double growing(double ownSeconds) {
    double told = ownSeconds + lostSeconds;
    boolean lower = told < last.ownSeconds();
    if (lower && wasLower) {
      lostSeconds += last.ownSeconds() - told;
    }
    wasLower = lower;
    return Math.max(told, last.ownSeconds());
  }

  private static double share(double part, double whole) {
    return whole > 0 ? Math.min(1, part / whole) : 0;
  }

  /** All time that is worked: user, nice, system, irq and softirq of the line of all processors. */
  private double busySeconds() {
    String[] fields =
        ProcFile.text(proc.resolve("stat"))
            .orElse("")
            .lines()
            .filter(line -> line.startsWith("cpu "))
            .findFirst()
            .orElse("")
            .split("\\s+", -1);
    if (fields.length < 8) {
      return last.busySeconds();
    }
    double ticks = 0;
    for (int field : new int[] {1, 2, 3, 6, 7}) {
      ticks += ProcFile.number(fields[field]);
    }
    return ticks / ProcessTimes.TICKS_PER_SECOND;
  }

  private double memoryInUse() {
    String told = ProcFile.text(proc.resolve("meminfo")).orElse("");
    return (ProcFile.value(told, "MemTotal:") - ProcFile.value(told, "MemAvailable:"))
        * BYTES_PER_KB;
  }

  @Override
  public LoadTotals totals() {
    double seconds = (lastNanos - firstNanos) / 1e9;
    return new LoadTotals(
        last.ownSeconds() - first.ownSeconds(),
        last.busySeconds() - first.busySeconds(),
        seconds > 0 ? ownMemoryByteSeconds / seconds : 0,
        processesLeft);
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (processesLeft > 0 && counted == Counted.COMMAND && !measured.withRoot()) {
      notes.add(
          processesLeft
              + (processesLeft == 1 ? " process" : " processes")
              + " of the command still ran when it ended; what they take from then on is not in the"
              + " figure");
    }
    return notes;
  }
}
