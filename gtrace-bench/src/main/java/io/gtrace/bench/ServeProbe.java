package io.gtrace.bench;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.AccessOptions;
import io.gtrace.server.Server;
import io.gtrace.server.ServerOptions;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A server for {@link ServeBenchmark}, {@link DashboardBenchmark} and {@link SoakBenchmark}, in a
 * process of its own. It prints its ports, serves until its input ends, and prints what it took. At
 * each byte of its input it prints what is in memory.
 */
final class ServeProbe {
  static final String PORT = "port";
  static final String HTTP_PORT = "http_port";
  static final String EVENTS = "events";
  static final String SEALING_S = "sealing_s";
  static final String KEPT_HEAP_BYTES = "kept_heap_bytes";
  static final String RESIDENT_BYTES = "resident_bytes";

  private ServeProbe() {}

  private static RateCard card() {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    return new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
  }

  private static void tellWhatIsKept() throws IOException {
    System.gc();
    System.out.println(
        KEPT_HEAP_BYTES + " " + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    System.out.println(RESIDENT_BYTES + " " + Probe.residentBytes());
  }

  /** Starts a server on a ledger as the launcher does. */
  static Probe.Running start(Path ledger) throws IOException {
    return Probe.start(
        ServeProbe.class,
        List.of("-Xmx900m", "-XX:+UseParallelGC"),
        Map.of("MALLOC_ARENA_MAX", "2"),
        ledger);
  }

  /**
   * @param args the folder of the ledger
   */
  public static void main(String[] args) throws IOException {
    PeakHeap peak = PeakHeap.watched();
    // As gtrace serve does.
    CompletableFuture<RateCard> card = CompletableFuture.supplyAsync(ServeProbe::card);
    Path ledger = Path.of(args[0]);
    ServerOptions options =
        new ServerOptions(
            InetAddress.getLoopbackAddress(),
            0,
            0,
            0,
            Map.of(ServerOptions.ONLY_ORGANISATION, ledger),
            Duration.ofSeconds(5),
            AccessOptions.LOCAL);
    Server server = Server.start(options, card::join, Clock.systemUTC(), "bench");
    System.out.println(HTTP_PORT + " " + server.port());
    System.out.println(PORT + " " + server.otlpHttpPort());
    // Until the load has ended.
    while (System.in.read() >= 0) {
      tellWhatIsKept();
    }
    long began = System.nanoTime();
    server.close();
    System.out.println(SEALING_S + " " + Probe.secondsSince(began));
    System.out.println(Probe.PEAK_HEAP_BYTES + " " + peak.bytes());
    System.out.println(Probe.PEAK_RESIDENT_BYTES + " " + Probe.peakResidentBytes());
    try (LedgerQuery query = LedgerQuery.open(Ledger.open(ledger).snapshot(), Pricing.CURRENT)) {
      System.out.println(EVENTS + " " + query.total(Period.ALL).activities());
    }
  }
}
