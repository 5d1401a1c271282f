package io.gtrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A server that takes spans for long while somebody looks at its pages: what it keeps in memory at
 * the end, over what it kept at the beginning. Every minute, or thirty times in shorter runs, the
 * server collects garbage and tells what is left, and what the system has given it.
 */
final class SoakBenchmark implements Benchmark {
  static final String NAME = "soak";

  private static final int CONNECTIONS = 2;
  private static final int SPANS_OF_A_BATCH = 200;
  private static final double SPANS_PER_SECOND = 2_000;
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration MOST_BETWEEN_SAMPLES = Duration.ofMinutes(1);
  private static final int LEAST_SAMPLES = 30;
  private static final double MOST_GROWTH = 1.1;

  private final Path folder;
  private final Duration length;

  /**
   * @param folder where the ledger is
   * @param length of the load, after as long a warm-up as lies between two samples
   */
  SoakBenchmark(Path folder, Duration length) {
    this.folder = folder;
    this.length = length;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isOnlyRunIfNamed() {
    return true;
  }

  @Override
  public List<Timing> run() throws IOException, InterruptedException {
    Path ledger = Files.createTempDirectory(folder, NAME).resolve("ledger");
    try (Probe.Running server = ServeProbe.start(ledger);
        Questions questions = Questions.to((int) server.await(ServeProbe.HTTP_PORT))) {
      Soaked soaked = soak(server, (int) server.await(ServeProbe.PORT), questions);
      Probe probe = server.end();
      double lost = soaked.sent().spans() - probe.samples(ServeProbe.EVENTS).get(0);
      List<Timing> timings = new ArrayList<>();
      timings.add(Timing.of("soak", "s", soaked.sent().seconds()));
      timings.add(
          Timing.of(
              "spans acknowledged a second, of %,.0f sent".formatted(SPANS_PER_SECOND),
              "/s",
              soaked.sent().spansPerSecond()));
      timings.add(Timing.of("acknowledged spans that are not in the ledger", "", lost).atMost(0));
      timings.add(Timing.of("pages and roll-ups answered", "", (double) soaked.answers()));
      timings.addAll(growth("heap in use after a collection", probe, ServeProbe.KEPT_HEAP_BYTES));
      timings.addAll(growth("resident memory", probe, ServeProbe.RESIDENT_BYTES));
      timings.add(probe.megabytes("peak heap, garbage included", Probe.PEAK_HEAP_BYTES));
      timings.add(probe.megabytes("peak resident memory", Probe.PEAK_RESIDENT_BYTES));
      return timings;
    }
  }

  /** What was sent and answered. */
  private record Soaked(SpanLoad.Sent sent, int answers) {}

  private Soaked soak(Probe.Running server, int port, Questions questions)
      throws IOException, InterruptedException {
    SpanLoad load = new SpanLoad(port, CONNECTIONS, SPANS_OF_A_BATCH, InstantSource.system());
    Duration between = length.dividedBy(LEAST_SAMPLES);
    between = between.compareTo(MOST_BETWEEN_SAMPLES) < 0 ? between : MOST_BETWEEN_SAMPLES;
    Duration whole = length.plus(between);
    long end = System.nanoTime() + whole.toNanos();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<SpanLoad.Sent> sent =
          thread.submit(() -> load.send(whole.toMillis() / 1e3, SPANS_PER_SECOND));
      int answers = questions.ask(between, PAUSE).size();
      while (System.nanoTime() < end) {
        answers += questions.ask(between, PAUSE).size();
        server.ask();
      }
      return new Soaked(sent.get(), answers);
    } catch (ExecutionException failed) {
      throw new IOException("spans were not taken", failed.getCause());
    }
  }

  /** Of the first third of the time, of its last third, and how much more that is. */
  private static List<Timing> growth(String what, Probe probe, String name) {
    List<Double> samples = probe.samples(name);
    int third = Math.max(1, samples.size() / 3);
    Timing first = megabytes(what + ", first third", samples.subList(0, third));
    Timing last =
        megabytes(what + ", last third", samples.subList(samples.size() - third, samples.size()));
    return List.of(
        first,
        last,
        Timing.of(
            what + ", least of the last third over that of the first",
            "×",
            last.min() / first.min()),
        Timing.of(
                what + ", median of the last third over that of the first",
                "×",
                last.median() / first.median())
            .atMost(MOST_GROWTH));
  }

  private static Timing megabytes(String what, List<Double> bytes) {
    return new Timing(
        what,
        "MB",
        bytes.stream().map(each -> each / Probe.BYTES_PER_MB).toList(),
        Optional.empty());
  }
}
