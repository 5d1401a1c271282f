package io.gtrace.meter.load;

import com.sun.management.OperatingSystemMXBean;
import io.gtrace.meter.counter.MachineUse;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How busy a machine is of which only Java tells, as macOS. Processes that start and end between
 * two readings are missed.
 */
public final class PortableLoad implements MachineLoad {
  private final int logicalProcessors;
  private final MeasuredProcesses measured;
  private final boolean whole;
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Map<Long, Double> secondsByProcess = new HashMap<>();
  private final Set<Long> running = new HashSet<>();
  // What the meter itself has started is none of the command's.
  private final Set<Long> others = new HashSet<>();

  private boolean begun;
  private long lastNanos;
  private double busySeconds;
  private double firstOwnSeconds;

  /**
   * @throws IllegalArgumentException if a control group is to be counted: there are none here
   */
  public PortableLoad(MeasuredProcesses measured, int logicalProcessors, Counted counted) {
    if (counted == Counted.CGROUP) {
      throw new IllegalArgumentException(
          "control groups are there on Linux only: count the command or the machine instead");
    }
    this.measured = measured;
    this.logicalProcessors = logicalProcessors;
    whole = counted == Counted.MACHINE;
  }

  @Override
  public MachineUse read(long nanos) {
    running.clear();
    if (!begun && !measured.withRoot()) {
      processes().forEach(process -> others.add(process.pid()));
    }
    double before = ownSeconds();
    processes()
        .filter(process -> !others.contains(process.pid()))
        .forEach(process -> {
          running.add(process.pid());
          Duration time = process.info().totalCpuDuration().orElse(Duration.ZERO);
          secondsByProcess.merge(process.pid(), time.toNanos() / 1e9, Math::max);
        });
    double seconds = begun ? (nanos - lastNanos) / 1e9 : 0;
    double busyShare = Math.clamp(system.getCpuLoad(), 0, 1);
    double busy = busyShare * seconds * logicalProcessors;
    if (!begun) {
      // What a process worked before it was looked at is not told here.
      firstOwnSeconds = ownSeconds();
    }
    double own = begun ? ownSeconds() - before : 0;
    begun = true;
    lastNanos = nanos;
    busySeconds += busy;
    return new MachineUse(
        busyShare,
        busy > 0 ? Math.min(1, own / busy) : own > 0 ? 1 : 0,
        0,
        0,
        secondsByProcess.keySet(),
        whole);
  }

  private double ownSeconds() {
    return secondsByProcess.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Those that are measured and run; the meter itself is none of them. */
  private Stream<ProcessHandle> processes() {
    return ProcessHandle.of(measured.root()).stream()
        .flatMap(root ->
            measured.withRoot()
                ? Stream.concat(Stream.of(root), root.descendants())
                : root.descendants())
        .filter(process -> process.pid() != ProcessHandle.current().pid());
  }

  @Override
  public LoadTotals totals() {
    return new LoadTotals(ownSeconds() - firstOwnSeconds, busySeconds, 0, running.size());
  }

  @Override
  public List<String> notes() {
    return List.of(
        "this system does not tell the memory of processes: memory is not in the figure",
        "processes that started and ended between two readings are missed here");
  }
}
