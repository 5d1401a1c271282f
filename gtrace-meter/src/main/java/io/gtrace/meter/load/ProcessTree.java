package io.gtrace.meter.load;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The processes below one, or it too, as Linux tells them: their processor time, that of those
 * which have ended, and their memory. Only these are looked at, however many others there are.
 */
final class ProcessTree {
  private static final double BYTES_PER_KB = 1024;

  private final Path proc;
  private final long meter;
  private final MeasuredProcesses measured;

  /**
   * @param meter is none of them, nor what is below it, unless it is the root
   */
  ProcessTree(Path proc, long meter, MeasuredProcesses measured) {
    this.proc = proc;
    this.meter = meter;
    this.measured = measured;
  }

  /**
   * A reading.
   *
   * @param cpuSeconds of all descendants, those that have ended included
   * @param memoryBytes resident; what several of them share counts once
   * @param running those that have not ended
   */
  record Reading(double cpuSeconds, double memoryBytes, Set<Long> running) {}

  Reading read() {
    // From the top down: a process that ends meanwhile is missed until the next reading, and never
    // counted both by itself and by its parent.
    long root = measured.root();
    double cpuSeconds =
        measured.withRoot()
            ? 0
            : ProcessTimes.of(process(root)).map(ProcessTimes::endedChildrenSeconds).orElse(0.0);
    Set<Long> seen = new HashSet<>(Set.of(meter));
    Deque<Long> open = new ArrayDeque<>(measured.withRoot() ? Set.of(root) : children(root));
    Set<Long> running = new HashSet<>();
    double alone = 0;
    double shared = 0;
    while (!open.isEmpty()) {
      long pid = open.poll();
      Optional<ProcessTimes> times =
          seen.add(pid) ? ProcessTimes.of(process(pid)) : Optional.empty();
      if (times.isEmpty()) {
        continue;
      }
      cpuSeconds += times.get().allSeconds();
      String status = ProcFile.text(process(pid).resolve("status")).orElse("");
      alone += ProcFile.value(status, "RssAnon:") * BYTES_PER_KB;
      double withOthers = ProcFile.value(status, "RssFile:") + ProcFile.value(status, "RssShmem:");
      shared = Math.max(shared, withOthers * BYTES_PER_KB);
      if (runs(status)) {
        running.add(pid);
      }
      open.addAll(children(pid));
    }
    return new Reading(cpuSeconds, alone + shared, running);
  }

  /**
   * One whose first thread alone has ended tells the same state as one that waits for its parent.
   */
  private static boolean runs(String status) {
    return !status.contains("State:\tZ") || ProcFile.value(status, "Threads:") > 1;
  }

  private Path process(long pid) {
    return proc.resolve(Long.toString(pid));
  }

  private Set<Long> children(long pid) {
    Set<Long> children = new HashSet<>();
    for (Path task : ProcFile.in(process(pid).resolve("task"))) {
      for (String child :
          ProcFile.text(task.resolve("children")).orElse("").strip().split(" ", -1)) {
        if (!child.isEmpty()) {
          children.add((long) ProcFile.number(child));
        }
      }
    }
    return children;
  }
}
