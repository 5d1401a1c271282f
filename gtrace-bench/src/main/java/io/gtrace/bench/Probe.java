package io.gtrace.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a program of its own measured: it runs in a JVM with a heap of at most 512 MB, if no other
 * is asked for, and prints one figure a line, its name and then its value.
 */
final class Probe {
  static final String PEAK_HEAP_BYTES = "peak_heap_bytes";
  static final String PEAK_RESIDENT_BYTES = "peak_resident_bytes";

  private static final String MAX_HEAP = "-Xmx512m";
  static final double BYTES_PER_MB = 1e6;
  private static final Path PROCESS_STATUS = Path.of("/proc/self/status");

  private final Map<String, List<Double>> figures;

  private Probe(Map<String, List<Double>> figures) {
    this.figures = figures;
  }

  /** Runs a program to its end. */
  static Probe of(Class<?> program, Path... arguments) throws IOException, InterruptedException {
    return of(program, MAX_HEAP, arguments);
  }

  /**
   * Runs a program to its end.
   *
   * @param heap the option that bounds its heap
   */
  static Probe of(Class<?> program, String heap, Path... arguments)
      throws IOException, InterruptedException {
    try (Running running = start(program, List.of(heap), Map.of(), arguments)) {
      return running.end();
    }
  }

  /**
   * Starts a program.
   *
   * @param options of its JVM
   * @param environment what is set beside what is set here
   */
  static Running start(
      Class<?> program, List<String> options, Map<String, String> environment, Path... arguments)
      throws IOException {
    return start(
        program.getSimpleName(),
        options,
        environment,
        List.of("-cp", System.getProperty("java.class.path"), program.getName()),
        Stream.of(arguments).map(Path::toString).toList());
  }

  /**
   * Runs a program whose libraries are its own to its end.
   *
   * @param jar that names its main class and the jars of its libraries
   * @param options of its JVM
   */
  static Probe ofJar(Path jar, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    try (Running running =
        start(
            String.valueOf(jar.getFileName()),
            options,
            Map.of(),
            List.of("-jar", jar.toString()),
            arguments)) {
      return running.end();
    }
  }

  private static Running start(
      String name,
      List<String> options,
      Map<String, String> environment,
      List<String> program,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(program);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().putAll(environment);
    return new Running(name, builder.start());
  }

  /** A program that runs until its input ends. */
  static final class Running implements AutoCloseable {
    private final String program;
    private final Process process;
    private final BufferedReader output;
    private final Map<String, List<Double>> figures = new HashMap<>();

    private Running(String program, Process process) {
      this.program = program;
      this.process = process;
      output = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Waits for a figure.
     *
     * @throws IOException if the program ends before it prints that
     */
    double await(String name) throws IOException {
      while (!figures.containsKey(name)) {
        String line = output.readLine();
        if (line == null) {
          throw new IOException(program + " ended; see its message above");
        }
        note(line);
      }
      return figures.get(name).get(0);
    }

    private void note(String line) {
      String[] words = line.split(" ", -1);
      figures.computeIfAbsent(words[0], name -> new ArrayList<>()).add(Double.valueOf(words[1]));
    }

    /** What all processors together have worked for it so far. */
    double workedSeconds() {
      return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** Sends it a line, upon which it prints figures if it knows any. */
    void ask() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    /** Ends its input, and waits until it has ended too. */
    Probe end() throws IOException, InterruptedException {
      process.getOutputStream().close();
      output.lines().forEach(this::note);
      if (process.waitFor() != 0) {
        throw new IOException(program + " failed; see its message above");
      }
      return new Probe(figures);
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  /** The values of a figure, in the order in which they were printed. */
  List<Double> samples(String name) {
    return figures.getOrDefault(name, List.of());
  }

  Timing timing(String what, String unit, String name) {
    return new Timing(what, unit, samples(name), Optional.empty());
  }

  Timing megabytes(String what, String name) {
    return new Timing(
        what,
        "MB",
        samples(name).stream().map(bytes -> bytes / BYTES_PER_MB).toList(),
        Optional.empty());
  }

  /** One figure over another, turn by turn. */
  List<Double> ratios(String name, String over) {
    List<Double> ratios = new ArrayList<>();
    for (int turn = 0; turn < samples(name).size(); turn++) {
      ratios.add(samples(name).get(turn) / samples(over).get(turn));
    }
    return ratios;
  }

  /** Heap and all else, the database's own memory included; 0 if not known. For the program. */
  static long peakResidentBytes() throws IOException {
    return statusBytes("VmHWM:");
  }

  /** What is resident now; 0 if not known. For the program. */
  static long residentBytes() throws IOException {
    return statusBytes("VmRSS:");
  }

  private static long statusBytes(String field) throws IOException {
    if (!Files.isReadable(PROCESS_STATUS)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(PROCESS_STATUS)) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
          .findFirst()
          .orElse(0);
    }
  }

  /** What all processors together worked for this process since it began, for the program. */
  static double processorSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  /** The time since a moment of {@link System#nanoTime}, for the program. */
  static double secondsSince(long beganNs) {
    return (System.nanoTime() - beganNs) / 1e9;
  }
}
