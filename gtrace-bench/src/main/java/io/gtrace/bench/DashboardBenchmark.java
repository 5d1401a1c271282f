package io.gtrace.bench;

import io.gtrace.GTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A server that is started on a ledger with events, and asked for pages and roll-ups one after the
 * other while it takes spans.
 */
final class DashboardBenchmark implements Benchmark {
  private static final int CONNECTIONS = 2;
  private static final int SPANS_OF_A_BATCH = 500;
  private static final double SPANS_PER_SECOND = 5_000;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final double MOST_START_S = 1.5;
  private static final double MOST_WAIT_MS = 100;
  private final Path folder;
  private final Optional<Path> ledger;
  private final Duration measured;

  /**
   * @param folder where the copy of the ledger is
   * @param ledger that is asked; without one it is that of the gateway's log of a million lines
   * @param measured how long it is asked
   */
  DashboardBenchmark(Path folder, Optional<Path> ledger, Duration measured) {
    this.folder = folder;
    this.ledger = ledger;
    this.measured = measured;
  }

  @Override
  public String name() {
    return "dashboard";
  }

  @Override
  public List<Timing> run() throws IOException, InterruptedException {
    Path copy = Files.createTempDirectory(folder, "dashboard").resolve("ledger");
    if (ledger.isPresent()) {
      link(ledger.get(), copy);
    } else {
      LedgerProbe.ingest(LedgerBenchmark.log(folder), copy, GTrace.standard().card());
    }
    long began = System.nanoTime();
    try (Probe.Running server = ServeProbe.start(copy);
        Questions questions = Questions.to((int) server.await(ServeProbe.HTTP_PORT))) {
      questions.requireHealth();
      double readyS = Probe.secondsSince(began);
      questions.ask(WARM_UP, Duration.ZERO);
      questions.askNew(WARM_UP);
      double worked = server.workedSeconds();
      SpanLoad load =
          new SpanLoad(
              (int) server.await(ServeProbe.PORT),
              CONNECTIONS,
              SPANS_OF_A_BATCH,
              InstantSource.system());
      List<Double> waitsMs = whileTaking(load, () -> questions.ask(measured, Duration.ZERO));
      double share = (server.workedSeconds() - worked) / (measured.toMillis() / 1e3);
      List<Double> newWaitsMs = whileTaking(load, () -> questions.askNew(measured));
      Probe probe = server.end();
      return List.of(
          Timing.of("events in the ledger", "", probe.samples(ServeProbe.EVENTS).get(0)),
          Timing.of("start to ready", "s", readyS).atMost(MOST_START_S),
          Timing.of("questions answered", "", (double) waitsMs.size()),
          Timing.of("answer, median", "ms", quantile(waitsMs, 0.5)),
          Timing.of("answer, 99 of 100", "ms", quantile(waitsMs, 0.99)).atMost(MOST_WAIT_MS),
          Timing.of("page that nobody asked for before, median", "ms", quantile(newWaitsMs, 0.5)),
          Timing.of(
                  "page that nobody asked for before, 99 of 100", "ms", quantile(newWaitsMs, 0.99))
              .atMost(MOST_WAIT_MS),
          Timing.of("processors that the server keeps busy meanwhile", "", share),
          probe.megabytes("peak heap, garbage included", Probe.PEAK_HEAP_BYTES).atMost(1_000),
          probe.megabytes("peak resident memory", Probe.PEAK_RESIDENT_BYTES));
    }
  }

  /** What is asked while spans come in. */
  @FunctionalInterface
  private interface Asking {
    List<Double> waitsMs() throws IOException, InterruptedException;
  }

  private List<Double> whileTaking(SpanLoad load, Asking asking)
      throws IOException, InterruptedException {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<SpanLoad.Sent> sent =
          thread.submit(() -> load.send(measured.toMillis() / 1e3, SPANS_PER_SECOND));
      List<Double> waitsMs = asking.waitsMs();
      sent.get();
      return waitsMs;
    } catch (ExecutionException failed) {
      throw new IOException("spans were not taken", failed.getCause());
    }
  }

  private static double quantile(List<Double> waits, double share) {
    List<Double> sorted = waits.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  /** A ledger never changes a file that it has written, so its copy may share them. */
  private static void link(Path ledger, Path copy) throws IOException {
    List<Path> paths;
    try (Stream<Path> found = Files.walk(ledger)) {
      paths = found.toList();
    }
    for (Path path : paths) {
      Path to = copy.resolve(ledger.relativize(path));
      if (Files.isDirectory(path)) {
        Files.createDirectories(to);
      } else if (ledger.relativize(path).getNameCount() == 1) {
        Files.copy(path, to);
      } else {
        Files.createLink(to, path);
      }
    }
  }
}
