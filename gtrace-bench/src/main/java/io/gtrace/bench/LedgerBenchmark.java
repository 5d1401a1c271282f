package io.gtrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A million lines of a gateway's log into a ledger, beside the bare load of the same columns. */
final class LedgerBenchmark implements Benchmark {
  private static final long ROWS = 1_000_000;
  private static final long SEED = 20_261_127;
  private static final double TIMES_LOAD = 2.5;
  private static final double ECOLOGITS_S_PER_EVENT = 300e-6;

  private final Path folder;

  /**
   * @param folder where the log is kept for the next run
   */
  LedgerBenchmark(Path folder) {
    this.folder = folder;
  }

  /** The log of a million lines. */
  static Path log(Path folder) throws IOException {
    return GatewayLog.in(folder, ROWS, SEED);
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public List<Timing> run() throws IOException, InterruptedException {
    Probe probe = Probe.of(LedgerProbe.class, log(folder), folder.resolve("ledger"));
    double events = probe.samples(LedgerProbe.EVENTS).get(0);
    Timing load = probe.timing("DuckDB loads the columns of the log", "s", LedgerProbe.LOAD_S);
    Timing ingest =
        probe.timing(
            "ingest of %,.0f lines into a sealed ledger".formatted(events),
            "s",
            LedgerProbe.INGEST_S);
    return List.of(
        load,
        ingest,
        new Timing(
            "ingest over load, turn by turn",
            "×",
            probe.ratios(LedgerProbe.INGEST_S, LedgerProbe.LOAD_S),
            Optional.empty()),
        Timing.of("ingest over load, shortest turns", "×", ingest.min() / load.min())
            .atMost(TIMES_LOAD),
        probe.timing("processor time of the load", "s", LedgerProbe.LOAD_CPU_S),
        probe.timing("processor time of the ingest", "s", LedgerProbe.INGEST_CPU_S),
        new Timing(
            "ingest over load by processor time, turn by turn",
            "×",
            probe.ratios(LedgerProbe.INGEST_CPU_S, LedgerProbe.LOAD_CPU_S),
            Optional.empty()),
        probe.timing("plain SQL reads, joins and groups the log", "s", LedgerProbe.SQL_S),
        Timing.of(
            "EcoLogits at 300 µs an event (not measured here)",
            "s",
            ECOLOGITS_S_PER_EVENT * events),
        Timing.of(
                "ledger on disk, per event", "B", probe.samples(LedgerProbe.BYTES).get(0) / events)
            .atMost(40),
        probe.timing("opening the ledger for questions", "ms", LedgerProbe.OPEN_MS),
        probe
            .timing("a roll-up by two dimensions with intervals", "ms", LedgerProbe.ROLLUP_MS)
            .atMost(100),
        probe.timing("SQL over every event of the month", "s", LedgerProbe.MONTH_S).atMost(2),
        probe.megabytes("peak heap, garbage included", Probe.PEAK_HEAP_BYTES).atMost(512),
        probe
            .megabytes("peak resident memory of all tasks", Probe.PEAK_RESIDENT_BYTES)
            .atMost(2_000));
  }
}
