package io.gtrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    for (String power : powers) {
      String rows = "10^" + power + " rows";
      timings.add(measured.timing(rows + " read and grouped", "s", "plain_s_" + power));
      timings.add(measured.timing("processor time of that", "s", "plain_cpu_s_" + power));
      for (String priced : List.of("energy", "energy_carbon")) {
        String with = rows + " with " + priced.replace("_", " and ");
        timings.add(measured.timing(with, "s", priced + "_s_" + power));
        timings.add(ratio(measured, with + " over without", priced + "_s_", "plain_s_", power));
        timings.add(
            ratio(
                measured, "the same by processor time", priced + "_cpu_s_", "plain_cpu_s_", power));
      }
    }
    timings.add(measured.timing("10^6 events into a sealed ledger", "s", "ledger_s_6"));
    timings.add(measured.timing("processor time of that", "s", "ledger_cpu_s_6"));
    return timings;
  }

  private static Timing ratio(Probe probe, String what, String name, String over, String power) {
    return new Timing(what, "×", probe.ratios(name + power, over + power), Optional.of(MOST_TIMES));
  }
}
