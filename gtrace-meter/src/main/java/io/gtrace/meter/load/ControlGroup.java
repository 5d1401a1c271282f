package io.gtrace.meter.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The control group that a process runs in, as a container has one: processor time and memory of
 * all in it. Of version 2, or 1.
 *
 * <p>Source: Linux kernel documentation, admin-guide/cgroup-v2.rst and cgroup-v1/cpuacct.rst.
 */
final class ControlGroup {
  private static final double MICROS = 1e6;
  private static final double NANOS = 1e9;

  private final Path cpu;
  private final Path memory;
  private final boolean second;

  private ControlGroup(Path cpu, Path memory, boolean second) {
    this.cpu = cpu;
    this.memory = memory;
    this.second = second;
  }

  /** That of a process, below the root of a file system; empty where there is none. */
  static Optional<ControlGroup> of(Path root, long pid) {
    String groups =
        ProcFile.text(root.resolve("proc").resolve(Long.toString(pid)).resolve("cgroup"))
            .orElse("");
    Path mounted = root.resolve("sys/fs/cgroup");
    Optional<Path> unified = folder(mounted, path(groups, ""), "cpu.stat");
    if (unified.isPresent()) {
      return Optional.of(new ControlGroup(unified.get(), unified.get(), true));
    }
    Optional<Path> cpu =
        Stream.of("cpuacct", "cpu,cpuacct")
            .flatMap(controller ->
                folder(mounted.resolve(controller), path(groups, "cpuacct"), "cpuacct.usage")
                    .stream())
            .findFirst();
    return cpu.map(folder ->
        new ControlGroup(
            folder,
            folder(mounted.resolve("memory"), path(groups, "memory"), "memory.usage_in_bytes")
                .orElse(folder),
            false));
  }

  /** A container sees its own group as the root. */
  private static Optional<Path> folder(Path mounted, String path, String file) {
    return Stream.of(mounted.resolve(path), mounted)
        .filter(folder -> Files.isReadable(folder.resolve(file)))
        .findFirst();
  }

  /**
   * Where a group lies below the folder of its controller: lines {@code number:controllers:path}.
   */
  private static String path(String groups, String controller) {
    return groups
        .lines()
        .map(line -> line.split(":", 3))
        .filter(fields ->
            fields.length == 3
                && Stream.of(fields[1].split(",", -1)).anyMatch(name -> name.equals(controller)))
        .findFirst()
        .map(fields -> fields[2].replaceFirst("^/+", ""))
        .orElse("");
  }

  double cpuSeconds() {
    return second
        ? ProcFile.value(ProcFile.text(cpu.resolve("cpu.stat")).orElse(""), "usage_usec") / MICROS
        : ProcFile.number(ProcFile.text(cpu.resolve("cpuacct.usage")).orElse("")) / NANOS;
  }

  double memoryBytes() {
    String file = second ? "memory.current" : "memory.usage_in_bytes";
    return ProcFile.number(ProcFile.text(memory.resolve(file)).orElse(""));
  }

  Set<Long> processes() {
    return ProcFile.text(cpu.resolve("cgroup.procs"))
        .orElse("")
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> (long) ProcFile.number(line))
        .collect(Collectors.toSet());
  }
}
