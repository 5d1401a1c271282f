package io.gtrace.meter.counter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The processors of this machine, as it names them.
 *
 * @param name as {@code AMD EPYC 9654 96-Core Processor}; empty where the machine does not tell
 * @param packages sockets that hold one, at least 1
 * @param logicalProcessors of all sockets together, at least 1
 */
public record Processor(String name, int packages, int logicalProcessors) {

  /** As Linux tells it in {@code /proc/cpuinfo}, below the root of a file system. */
  static Processor ofLinux(Path root, int availableProcessors) {
    List<String> lines;
    try {
      lines = Files.readAllLines(root.resolve("proc/cpuinfo"));
    } catch (IOException | UncheckedIOException notThere) {
      return new Processor("", 1, availableProcessors);
    }
    String name = "";
    Set<String> packages = new HashSet<>();
    int logical = 0;
    for (String line : lines) {
      int colon = line.indexOf(':');
      String key = colon < 0 ? "" : line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      switch (key) {
        case "model name" -> name = value;
        case "physical id" -> packages.add(value);
        case "processor" -> logical++;
        default -> {
          // Of no interest here.
        }
      }
    }
    return new Processor(
        name, Math.max(1, packages.size()), logical > 0 ? logical : availableProcessors);
  }

  /** The name as tables have it: without marks, frequency and number of cores. */
  static String normal(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("\\((r|tm)\\)", " ")
        .replaceAll("@.*|\\bwith radeon.*|\\bw/ radeon.*", " ")
        .replaceAll("\\b\\d+th gen\\b|\\b(cpu|processor|\\w+-core)\\b", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
