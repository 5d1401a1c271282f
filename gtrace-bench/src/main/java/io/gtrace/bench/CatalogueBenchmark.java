package io.gtrace.bench;

import java.util.List;
import java.util.Optional;

/** The first load of the catalogue in a JVM that has done nothing else. */
final class CatalogueBenchmark implements Benchmark {
  private static final int FRESH_JVMS = 10;

  @Override
  public String name() {
    return "catalogue";
  }

  @Override
  public List<Timing> run() {
    JmhRun run =
        JmhRun.of(
            CatalogueOperations.class,
            options -> options.forks(FRESH_JVMS).warmupIterations(0).measurementIterations(1));
    return List.of(
        new Timing("catalogue load, fresh JVM", "ms", run.times("load"), Optional.of(150.0)));
  }
}
