package io.gtrace.bench;

import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.options.TimeValue;

/** What accounting adds to a call of a running application. */
final class CallBenchmark implements Benchmark {
  private static final double MOST_NS = 5_000;

  @Override
  public String name() {
    return "call";
  }

  @Override
  public List<Timing> run() {
    JmhRun run =
        JmhRun.of(
            CallOperations.class,
            options ->
                options
                    .forks(2)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1)));
    return List.of(
        new Timing(
            "a call accounted, with totals and a budget",
            "ns",
            run.times("account"),
            Optional.of(MOST_NS)));
  }
}
