package io.gtrace.bench;

import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.TimeValue;

/** The answer to where and when a request emits least, in process. */
final class RouteBenchmark implements Benchmark {
  private static final double MOST_NS = 50_000;

  @Override
  public String name() {
    return "route";
  }

  @Override
  public List<Timing> run() {
    JmhRun run =
        JmhRun.of(
            RouteOperations.class,
            options ->
                options
                    .forks(2)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1))
                    .addProfiler(GCProfiler.class));
    return List.of(
        new Timing(
            "route among 20 regions and 7 hours, with interval and probability",
            "ns",
            run.times("best"),
            Optional.of(MOST_NS)),
        new Timing("route: allocated", "B", run.allocatedBytes("best"), Optional.empty()),
        new Timing("route by medians", "ns", run.times("bestAtMedian"), Optional.empty()));
  }
}
