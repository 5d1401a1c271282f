package io.gtrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * A server in a process of its own, with the heap that {@code gtrace serve} gives, takes spans over
 * OTLP/HTTP: first as many as it acknowledges, then as many a second as it should, so that waits
 * are those of that load.
 */
final class ServeBenchmark implements Benchmark {
  private static final int CONNECTIONS = 4;
  private static final int SPANS_OF_A_BATCH = 1_000;
  private static final double SPANS_PER_SECOND = 50_000;
  private static final double WARM_UP_S = 5;
  private static final double UNBOUNDED_S = 5;
  private static final double MEDIAN = 0.5;
  private static final double MOST = 0.99;

  private final Path folder;
  private final double seconds;

  /**
   * @param folder where the ledger is
   * @param seconds of load at the wanted rate
   */
  ServeBenchmark(Path folder, double seconds) {
    this.folder = folder;
    this.seconds = seconds;
  }

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public List<Timing> run() throws IOException, InterruptedException {
    Path ledger = Files.createTempDirectory(folder, "serve").resolve("ledger");
    SpanLoad.Sent warm;
    SpanLoad.Sent unbounded;
    SpanLoad.Sent paced;
    double perSpanUs;
    Probe probe;
    try (Probe.Running server = ServeProbe.start(ledger)) {
      int port = (int) server.await(ServeProbe.PORT);
      SpanLoad load = new SpanLoad(port, CONNECTIONS, SPANS_OF_A_BATCH, InstantSource.system());
      warm = load.send(WARM_UP_S, Double.POSITIVE_INFINITY);
      unbounded = load.send(UNBOUNDED_S, Double.POSITIVE_INFINITY);
      double worked = server.workedSeconds();
      paced = load.send(seconds, SPANS_PER_SECOND);
      perSpanUs = 1e6 * (server.workedSeconds() - worked) / paced.spans();
      probe = server.end();
    }
    long acknowledged = warm.spans() + unbounded.spans() + paced.spans();
    double lost = acknowledged - probe.samples(ServeProbe.EVENTS).get(0);
    return List.of(
        Timing.of(
            "spans acknowledged a second, as many as it takes", "/s", unbounded.spansPerSecond()),
        Timing.of(
            "spans acknowledged a second, of %,.0f sent".formatted(SPANS_PER_SECOND),
            "/s",
            paced.spansPerSecond()),
        Timing.of("acknowledgement, median", "ms", paced.waitMs(MEDIAN)),
        Timing.of("acknowledgement, 99 of 100", "ms", paced.waitMs(MOST)).atMost(250),
        Timing.of("requests turned away and sent again", "", (double) paced.refused()),
        Timing.of("acknowledged spans that are not in the ledger", "", lost).atMost(0),
        Timing.of("processor time of the server, per span", "µs", perSpanUs),
        probe.timing("sealing the rest", "s", ServeProbe.SEALING_S),
        probe.megabytes("peak heap, garbage included", Probe.PEAK_HEAP_BYTES).atMost(1_000),
        probe.megabytes("peak resident memory", Probe.PEAK_RESIDENT_BYTES));
  }
}
