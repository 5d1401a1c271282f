package io.gtrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What prices add to queries on Apache Spark, over a million rows and more, and a ledger there. */
final class SparkBenchmark implements Benchmark {
  private static final double MOST_TIMES = 1.5;

  private final Path probe;
  private final Path folder;
  private final List<String> powers;

  /**
   * @param probe the jar of the program that measures
   * @param folder where files of usage are made
   * @param powers of ten of rows
   */
  SparkBenchmark(Path probe, Path folder, List<String> powers) {
    this.probe = probe;
    this.folder = folder.resolve("spark");
    this.powers = powers;
  }

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public List<Timing> run() throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(Files.createDirectories(folder).toString());
    arguments.addAll(powers);
    Probe measured = Probe.ofJar(probe, List.of("-Xmx3g", "-XX:+UseParallelGC"), arguments);
    List<Timing> timings = new ArrayList<>();
    powers.forEach(power -> timings.addAll(queries(measured, power)));
    timings.add(
        measured.timing(
            "10^6 events into a sealed ledger, of a session that has priced before",
            "s",
            "ledger_s_6"));
    timings.add(measured.timing("processor time of that", "s", "ledger_cpu_s_6"));
    return timings;
  }

  private static List<Timing> queries(Probe measured, String power) {
    String rows = "10^" + power + " rows";
    Timing plain = measured.timing(rows + " read and grouped", "s", "plain_s_" + power);
    Timing plainCpu = measured.timing("processor time of that", "s", "plain_cpu_s_" + power);
    List<Timing> timings = new ArrayList<>(List.of(plain, plainCpu));
    for (String priced : List.of("energy", "energy_carbon")) {
      String with = rows + " with " + priced.replace("_", " and ");
      Timing clock = measured.timing(with, "s", priced + "_s_" + power);
      Timing cpu = measured.timing("processor time of that", "s", priced + "_cpu_s_" + power);
      timings.add(clock);
      timings.add(cpu);
      timings.add(
          Timing.of("with over without, shortest turns", "×", clock.min() / plain.min())
              .atMost(MOST_TIMES));
      timings.add(
          Timing.of("the same by processor time, medians", "×", cpu.median() / plainCpu.median()));
    }
    return timings;
  }
}
