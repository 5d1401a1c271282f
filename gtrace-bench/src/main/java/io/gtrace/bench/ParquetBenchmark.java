package io.gtrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Accounting ten million activities from Parquet, beside the bare read and group of that file. */
final class ParquetBenchmark implements Benchmark {
  private static final long ROWS = 10_000_000;
  private static final long SEED = 20_251_124;
  private static final double TIMES_REFERENCE = 3;

  private final Path folder;

  /**
   * @param folder where the file is kept for the next run
   */
  ParquetBenchmark(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public List<Timing> run() throws IOException, InterruptedException {
    Probe probe = Probe.of(AccountingProbe.class, file());
    Timing reference =
        probe.timing("DuckDB reads and groups the file", "s", AccountingProbe.REFERENCE_S);
    Timing accounting =
        probe.timing(
            "accounting %,.0f activities from Parquet"
                .formatted(probe.samples(AccountingProbe.ACTIVITIES).get(0)),
            "s",
            AccountingProbe.ACCOUNTING_S);
    return List.of(
        reference,
        accounting,
        new Timing(
            "accounting over DuckDB, turn by turn",
            "×",
            probe.ratios(AccountingProbe.ACCOUNTING_S, AccountingProbe.REFERENCE_S),
            Optional.empty()),
        Timing.of("accounting over DuckDB, shortest turns", "×", accounting.min() / reference.min())
            .atMost(TIMES_REFERENCE),
        probe.megabytes("peak heap, garbage included", Probe.PEAK_HEAP_BYTES).atMost(512),
        probe.megabytes("peak resident memory of both tasks", Probe.PEAK_RESIDENT_BYTES));
  }

  private Path file() throws IOException {
    Path file = folder.resolve("usage-" + ROWS + "-" + SEED + ".parquet");
    if (Files.exists(file)) {
      return file;
    }
    System.err.println("bench: writing " + file);
    Path unfinished = folder.resolve("unfinished.parquet");
    try {
      new UsageGenerator(SEED).write(unfinished, ROWS);
    } catch (SQLException notWritten) {
      throw new IOException(unfinished + " cannot be written", notWritten);
    }
    return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
