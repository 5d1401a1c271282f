package io.gtrace.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs all benchmarks, or those named, and prints what was measured as a Markdown table. */
public final class Main {
  private static final int WRONG_USAGE = 2;

  /** For longer runs than usual of the server. */
  private static final String SERVE_SECONDS = "GTRACE_SERVE_SECONDS";

  /** A larger ledger than usual for the server to be asked about. */
  private static final String SERVE_LEDGER = "GTRACE_SERVE_LEDGER";

  /** For a shorter soak than half an hour. */
  private static final String SOAK_SECONDS = "GTRACE_SOAK_SECONDS";

  /** Powers of ten of the rows that Spark reads. */
  private static final String SPARK_POWERS = "GTRACE_SPARK_POWERS";

  private Main() {}

  private static double seconds(String variable, String usual) {
    return Double.parseDouble(System.getenv().getOrDefault(variable, usual));
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(1e3 * seconds));
  }

  /**
   * @param args the project's folder, then names of benchmarks; none for all
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path project = Path.of(args[0]);
    Path folder = Files.createDirectories(project.resolve("gtrace-bench/target/measured"));
    double serveSeconds = seconds(SERVE_SECONDS, "20");
    List<Benchmark> all =
        List.of(
            new EstimateBenchmark(),
            new CardBenchmark(),
            new CatalogueBenchmark(),
            new CellsBenchmark(),
            new CommandBenchmark(project.resolve("gtrace"), folder),
            new ParquetBenchmark(folder),
            new LedgerBenchmark(folder),
            new WaveBenchmark(folder),
            new AdviceBenchmark(folder),
            new RouteBenchmark(),
            new CallBenchmark(),
            new ServeEstimateBenchmark(folder),
            new ServeBenchmark(folder, serveSeconds),
            new DashboardBenchmark(
                folder,
                Optional.ofNullable(System.getenv(SERVE_LEDGER)).map(Path::of),
                duration(serveSeconds)),
            new SoakBenchmark(folder, duration(seconds(SOAK_SECONDS, "1800"))),
            new SparkBenchmark(
                project.resolve("gtrace-bench-spark/target/bench/spark-probe.jar"),
                folder,
                List.of(System.getenv().getOrDefault(SPARK_POWERS, "6 7").split(" +"))));
    List<String> wanted = Arrays.asList(args).subList(1, args.length);
    List<Benchmark> chosen =
        all.stream()
            .filter(b -> wanted.isEmpty() ? !b.isOnlyRunIfNamed() : wanted.contains(b.name()))
            .toList();
    if (chosen.size() < wanted.size() || chosen.isEmpty()) {
      System.err.println(
          "bench: benchmarks are "
              + all.stream().map(Benchmark::name).collect(Collectors.joining(", "))
              + "; none named runs all but "
              + SoakBenchmark.NAME);
      System.exit(WRONG_USAGE);
    }
    String machine = Machine.description();
    List<Timing> timings = new ArrayList<>();
    for (Benchmark benchmark : chosen) {
      System.err.println("bench: " + benchmark.name());
      timings.addAll(benchmark.run());
    }
    out.println(LocalDate.now(Clock.systemUTC()) + ", " + machine + ".");
    out.println();
    TimingTable.print(out, timings);
  }
}
