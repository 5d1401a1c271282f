package io.gtrace.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.TimeValue;

/** The card as a table: time and allocation of one lookup and of one multiplication. */
final class CardBenchmark implements Benchmark {
  @Override
  public String name() {
    return "card";
  }

  @Override
  public List<Timing> run() {
    JmhRun run =
        JmhRun.of(
            CardOperations.class,
            options ->
                options
                    .forks(2)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1))
                    .addProfiler(GCProfiler.class));
    List<Timing> timings = new ArrayList<>();
    add(timings, run, "card lookup", "lookup", Optional.empty());
    add(timings, run, "multiply", "multiply", Optional.empty());
    add(timings, run, "card lookup and multiply", "lookupAndMultiply", Optional.of(100.0));
    add(
        timings,
        run,
        "card lookup by moment and multiply",
        "lookupOfMomentAndMultiply",
        Optional.empty());
    return timings;
  }

  private static void add(
      List<Timing> timings, JmhRun run, String what, String method, Optional<Double> limitNs) {
    timings.add(new Timing(what, "ns", run.times(method), limitNs));
    timings.add(
        new Timing(what + ": allocated", "B", run.allocatedBytes(method), Optional.empty()));
  }
}
