package io.gtrace.bench;

import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.options.TimeValue;

/** Warm estimates through the Java API, beside what EcoLogits needs for the same question. */
final class EstimateBenchmark implements Benchmark {
  /**
   * EcoLogits 0.9.3 on Python 3.13, one estimate, measured once on a machine of this kind (2 cores)
   * when G-TRACE was designed; not part of this run.
   */
  private static final Timing ECOLOGITS =
      Timing.of("EcoLogits 0.9.3, one estimate (an earlier run)", "ns", 310_000);

  private static final double TIMES_FASTER = 1_000;
  private static final double MOST_NS_WITH_INTERVAL = 20_000;

  @Override
  public String name() {
    return "estimate";
  }

  @Override
  public List<Timing> run() {
    JmhRun run =
        JmhRun.of(
            EstimateOperations.class,
            options ->
                options
                    .forks(2)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1)));
    Timing estimate = timing("one estimate, medians", run.times("estimate"));
    Timing interval =
        timing("one estimate with the interval of its carbon", run.times("estimateWithInterval"))
            .atMost(MOST_NS_WITH_INTERVAL);
    return List.of(
        ECOLOGITS,
        estimate.atMost(ECOLOGITS.min() / TIMES_FASTER),
        ratio("EcoLogits over estimate, medians", estimate),
        interval,
        ratio("EcoLogits over estimate with interval", interval),
        timing("explain: the whole trace with its intervals", run.times("explain")));
  }

  private static Timing timing(String what, List<Double> samples) {
    return new Timing(what, "ns", samples, Optional.empty());
  }

  private static Timing ratio(String what, Timing estimate) {
    return new Timing(
        what,
        "×",
        estimate.samples().stream().map(ns -> ECOLOGITS.min() / ns).toList(),
        Optional.empty());
  }
}
