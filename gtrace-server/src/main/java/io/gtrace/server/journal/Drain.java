package io.gtrace.server.journal;

import io.gtrace.ledger.InputFormat;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.UsageException;
import io.gtrace.ledger.UsageFiles;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ratecard.RateCard;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Takes what a journal holds into its ledger, as one batch every so often. A file of the journal is
 * removed after its batch is sealed; one that is read again after a crash changes nothing, since
 * the ledger knows its events.
 */
public final class Drain implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Drain.class.getName());
  private static final Duration WRITER_WAIT = Duration.ofSeconds(2);

  private final Journal journal;
  private final Ledger ledger;
  private final Supplier<RateCard> card;
  private final InstantSource clock;
  private final String version;
  private final Path refused;
  private final Duration every;
  private final ReentrantLock taking = new ReentrantLock();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
  private final Thread thread;

  /**
   * @param card what prices the next events; it should allow fallbacks
   * @param refused a folder for what a ledger did not take after all
   * @param every how long events wait before they are sealed
   */
  public Drain(
      Journal journal,
      Ledger ledger,
      Supplier<RateCard> card,
      InstantSource clock,
      String version,
      Path refused,
      Duration every) {
    this.journal = journal;
    this.ledger = ledger;
    this.card = card;
    this.clock = clock;
    this.version = version;
    this.refused = refused;
    this.every = every;
    thread = Thread.ofPlatform().name("drain " + ledger.folder().getFileName()).start(this::run);
  }

  private void run() {
    boolean last;
    do {
      last = isStopping();
      if (journal.storedBytes() > 0) {
        takeIfPossible();
      }
    } while (!last);
  }

  private boolean isStopping() {
    try {
      return stopping.await(every.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException ended) {
      return true;
    }
  }

  /** What cannot be taken now stays in the journal, for the next time. */
  private void takeIfPossible() {
    taking.lock();
    try {
      take(journal.finished());
      trouble.set(Optional.empty());
    } catch (LedgerException | UsageException | UncheckedIOException later) {
      trouble.set(Optional.of(String.valueOf(later.getMessage())));
    } catch (Throwable fault) {
      // The journal must go on being emptied, whatever this was.
      trouble.set(Optional.of("a fault of gtrace itself: " + fault));
      LOG.log(System.Logger.Level.ERROR, "events could not be taken into the ledger", fault);
    } finally {
      taking.unlock();
    }
  }

  /**
   * Does something with the ledger between two batches, however long it takes: what comes meanwhile
   * stays in the journal.
   */
  public void between(Runnable batches) {
    taking.lock();
    try {
      batches.run();
    } finally {
      taking.unlock();
    }
  }

  private void take(List<Path> segments) {
    if (segments.isEmpty()) {
      return;
    }
    UsageFiles files =
        UsageFiles.of(
            segments, InputStream.nullInputStream(), new InputFormat.Plain(), UsageDefaults.NONE);
    new LedgerIngest(card.get(), clock, Reading.SILENT, version)
        .ingest(ledger, WRITER_WAIT, files, quarantine(segments.get(0)));
    segments.forEach(journal::taken);
  }

  /** Named by the time, since numbers of files begin anew with the process. */
  private Path quarantine(Path first) {
    String time = clock.instant().toString().replace(":", "");
    return refused.resolve("refused-" + time + "-" + first.getFileName());
  }

  /** Why what came is not in the ledger yet; empty if nothing stands in the way. */
  public Optional<String> trouble() {
    return trouble.get();
  }

  /** Takes what is there and ends. */
  @Override
  public void close() {
    stopping.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
