package io.gtrace.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounting ten million activities from Parquet, beside the bare read and group of that file. */
final class ParquetBenchmark implements Benchmark {
  private static final long ROWS = 10_000_000;
  private static final long SEED = 20_251_124;
  private static final String MAX_HEAP = "-Xmx512m";
  private static final double TIMES_REFERENCE = 3;
  private static final double BYTES_PER_MB = 1e6;

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
    Map<String, List<Double>> figures = probe(file());
    Timing reference =
        timing("DuckDB reads and groups the file", "s", figures, AccountingProbe.REFERENCE_S);
    Timing accounting =
        timing(
            "accounting %,.0f activities from Parquet"
                .formatted(samples(figures, AccountingProbe.ACTIVITIES).get(0)),
            "s",
            figures,
            AccountingProbe.ACCOUNTING_S);
    List<Double> ratios = new ArrayList<>();
    List<Double> accountings = samples(figures, AccountingProbe.ACCOUNTING_S);
    List<Double> references = samples(figures, AccountingProbe.REFERENCE_S);
    for (int turn = 0; turn < accountings.size(); turn++) {
      ratios.add(accountings.get(turn) / references.get(turn));
    }
    return List.of(
        reference,
        accounting,
        new Timing("accounting over DuckDB, turn by turn", "×", ratios, Optional.empty()),
        Timing.of("accounting over DuckDB, shortest turns", "×", accounting.min() / reference.min())
            .atMost(TIMES_REFERENCE),
        megabytes("peak heap, garbage included", figures, AccountingProbe.PEAK_HEAP_BYTES)
            .atMost(512),
        megabytes(
            "peak resident memory of both tasks", figures, AccountingProbe.PEAK_RESIDENT_BYTES));
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

  private static Map<String, List<Double>> probe(Path file)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MAX_HEAP,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AccountingProbe.class.getName(),
                file.toString())
            .redirectError(Redirect.INHERIT)
            .start();
    Map<String, List<Double>> figures = new HashMap<>();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the accounting failed; see its message above");
    }
    output
        .lines()
        .map(line -> line.split(" "))
        .forEach(words ->
            figures
                .computeIfAbsent(words[0], name -> new ArrayList<>())
                .add(Double.valueOf(words[1])));
    return figures;
  }

  private static List<Double> samples(Map<String, List<Double>> figures, String name) {
    return figures.getOrDefault(name, List.of());
  }

  private static Timing timing(
      String what, String unit, Map<String, List<Double>> figures, String name) {
    return new Timing(what, unit, samples(figures, name), Optional.empty());
  }

  private static Timing megabytes(String what, Map<String, List<Double>> figures, String name) {
    return new Timing(
        what,
        "MB",
        samples(figures, name).stream().map(bytes -> bytes / BYTES_PER_MB).toList(),
        Optional.empty());
  }
}
