package io.gtrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Placement of 50 workloads over 20 regions and a year of hours, and a plan for such a ledger. */
final class AdviceBenchmark implements Benchmark {
  private static final double MOST_S = 30;

  private final Path folder;

  /**
   * @param folder where a ledger is made
   */
  AdviceBenchmark(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "advice";
  }

  @Override
  public List<Timing> run() throws IOException, InterruptedException {
    Probe probe = Probe.of(AdviceProbe.class, "-Xmx1500m", Files.createDirectories(folder));
    return List.of(
        probe
            .timing(
                "50 workloads placed over 20 regions and 8,760 hours", "s", AdviceProbe.PLACEMENT_S)
            .atMost(MOST_S),
        probe.timing("processor time of that", "s", AdviceProbe.PLACEMENT_CPU_S),
        probe.timing(
            "the same by oracle, by limited oracle and by forecast", "s", AdviceProbe.FORESIGHT_S),
        probe
            .timing(
                "plan of all actions for a year's ledger of 50 workloads, 20 regions",
                "s",
                AdviceProbe.PLAN_S)
            .atMost(MOST_S),
        probe.timing("processor time of that plan", "s", AdviceProbe.PLAN_CPU_S),
        probe.megabytes("peak heap, garbage included", Probe.PEAK_HEAP_BYTES),
        probe.megabytes("peak resident memory", Probe.PEAK_RESIDENT_BYTES).atMost(2_000));
  }
}
