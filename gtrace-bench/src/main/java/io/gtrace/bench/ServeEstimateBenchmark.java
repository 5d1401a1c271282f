package io.gtrace.bench;

import com.sun.management.OperatingSystemMXBean;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.AccessOptions;
import io.gtrace.server.Server;
import io.gtrace.server.ServerOptions;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Estimates asked of a server over kept connections, all of other amounts, server and callers in
 * one process. What counts is the processor time of both: it says how many requests two cores
 * answer, whatever else the machine does.
 */
final class ServeEstimateBenchmark implements Benchmark {
  private static final int CONNECTIONS = 8;
  private static final Duration WARMUP = Duration.ofSeconds(8);
  private static final Duration MEASURED = Duration.ofSeconds(4);
  private static final int RUNS = 3;

  /** 20,000 requests a second on two cores. */
  private static final double MOST_PROCESSOR_US = 100;

  private final Path folder;

  /**
   * @param folder for a ledger, which stays empty
   */
  ServeEstimateBenchmark(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "serve-estimate";
  }

  @Override
  public List<Timing> run() throws IOException, InterruptedException {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    RateCard card =
        new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
    Path ledger = Files.createTempDirectory(folder, "serve-estimate");
    ServerOptions options =
        new ServerOptions(
            InetAddress.getLoopbackAddress(),
            0,
            0,
            0,
            Map.of(ServerOptions.ONLY_ORGANISATION, ledger),
            Duration.ofSeconds(5),
            AccessOptions.LOCAL);
    try (Server server = Server.start(options, card, Clock.systemUTC(), "bench")) {
      measure(server.port(), WARMUP);
      List<Double> processorUs = new ArrayList<>();
      List<Double> wallUs = new ArrayList<>();
      for (int run = 0; run < RUNS; run++) {
        Load load = measure(server.port(), MEASURED);
        processorUs.add(load.processorUs() / load.requests());
        wallUs.add(load.wallUs() / load.requests());
      }
      return List.of(
          new Timing(
              "estimate over HTTP, its caller included: processor time",
              "µs",
              processorUs,
              Optional.of(MOST_PROCESSOR_US)),
          new Timing("estimate over HTTP: time between answers", "µs", wallUs, Optional.empty()));
    }
  }

  private record Load(long requests, double processorUs, double wallUs) {}

  private static Load measure(int port, Duration lasting) throws IOException, InterruptedException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long processorBefore = system.getProcessCpuTime();
    long before = System.nanoTime();
    long requests = 0;
    try (ExecutorService callers = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int c = 0; c < CONNECTIONS; c++) {
        int seed = c;
        counts.add(callers.submit(() -> EstimateCaller.count(port, seed, before, lasting)));
      }
      for (Future<Long> each : counts) {
        requests += each.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("a caller failed", failed);
    }
    return new Load(
        requests,
        (system.getProcessCpuTime() - processorBefore) / 1e3,
        (System.nanoTime() - before) / 1e3);
  }
}
