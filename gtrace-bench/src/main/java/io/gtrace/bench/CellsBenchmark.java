package io.gtrace.bench;

import java.util.List;
import java.util.Optional;

/** Full uncertainty of a ledger's roll-up in a heap of 1 GB. */
final class CellsBenchmark implements Benchmark {
  private static final double MOST_MS = 1_000;

  @Override
  public String name() {
    return "cells";
  }

  @Override
  public List<Timing> run() {
    JmhRun run =
        JmhRun.of(
            CellsOperations.class,
            options ->
                options
                    .forks(2)
                    .warmupIterations(2)
                    .measurementIterations(5)
                    .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow", "-Xmx1g"));
    return List.of(
        new Timing(
            "energy, carbon and water of 1,000,000 cells with intervals over 512 draws",
            "ms",
            run.times("total"),
            Optional.of(MOST_MS)));
  }
}
