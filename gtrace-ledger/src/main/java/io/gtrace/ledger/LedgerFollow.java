package io.gtrace.ledger;

import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.UserKey;
import io.gtrace.ratecard.RateCard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that others still write on into a ledger, as {@code tail -F} does: lines that are
 * added, and from its beginning the file that takes its place or that it becomes when it is cut. A
 * half-written last line waits. Between seals the ledger is free for other writers.
 *
 * <p>Nothing is remembered but the ledger: a follower that is started anew reads the file from its
 * beginning, and what is known changes nothing. Not for sharing between threads.
 */
public final class LedgerFollow {
  /** Other writers may keep a ledger for a while; this much waits meanwhile. */
  private static final long MOST_WAITING_EVENTS = 2_000_000;

  private final RateCard card;
  private final InstantSource clock;
  private final String version;
  private final Pause pause;
  private final Followed followed;

  /** Waits for more to be written. */
  @FunctionalInterface
  public interface Pause {
    /**
     * Returns after about so long, or at once when nobody wants to go on.
     *
     * @return whether to go on
     */
    boolean await(Duration time);
  }

  /** Told what becomes of the file. */
  public interface Followed {
    /** A batch was sealed. */
    void sealed(Seal seal);

    /** The ledger could not be written yet; what was read waits. */
    void postponed(LedgerException reason);
  }

  /**
   * How a file is followed.
   *
   * @param poll how often to look at it
   * @param sealEvery how long events wait before they are sealed, at most
   * @param sealEvents how many wait, at most
   * @param writerWait how long to wait for another writer before each seal
   */
  public record Options(Duration poll, Duration sealEvery, long sealEvents, Duration writerWait) {
    /**
     * @throws IllegalArgumentException if one is 0 or less; the wait may be 0
     */
    public Options {
      if (poll.isNegative() || poll.isZero() || sealEvery.isNegative() || sealEvery.isZero()) {
        throw new IllegalArgumentException("the time between two seals must be more than 0");
      }
      if (sealEvents < 1 || sealEvents > MOST_WAITING_EVENTS) {
        throw new IllegalArgumentException(
            "events of a batch must be 1 to " + MOST_WAITING_EVENTS + ", not " + sealEvents);
      }
    }
  }

  /**
   * @param card what prices; it should allow fallbacks, since what it refuses is not accounted
   * @param clock tells when to seal; usage later than it is refused
   * @param version of G-TRACE, for the seals
   * @param pause waits where there is nothing to read
   * @param followed told of seals
   */
  public LedgerFollow(
      RateCard card, InstantSource clock, String version, Pause pause, Followed followed) {
    this.card = card;
    this.clock = clock;
    this.version = version;
    this.pause = pause;
    this.followed = followed;
  }

  /**
   * Follows a file until the pause says that nobody wants to go on; then what was read is sealed.
   *
   * @param file may not be there yet
   * @param format as what it is read
   * @param defaults hold for rows that do not say otherwise
   * @param quarantine where refused rows go; the file appears at the end
   * @throws UsageException if the file cannot be read at all; what was sealed stays
   * @throws LedgerException if the ledger is damaged, or locked at the end
   * @throws UncheckedIOException if the ledger cannot be written
   */
  public LedgerIngest.Result follow(
      Ledger ledger,
      Path file,
      InputFormat format,
      UsageDefaults defaults,
      Path quarantine,
      Options options) {
    try (SpillFolder spill = new SpillFolder();
        LedgerDatabase database = LedgerDatabase.open(Optional.of(spill.path()));
        EventStage stage = new EventStage(database, userKey(ledger, options));
        Quarantine refused = Quarantine.withoutLines(quarantine)) {
      CardStage cards = new CardStage(database, card, ledger.snapshot());
      Sealing sealing =
          new Sealing(card, version, stage, new EventBatch(database, stage, cards), refused);
      Run run = new Run(ledger, options, stage, cards, refused, sealing);
      run.follow(file, format, defaults);
      return sealing.result();
    } catch (SQLException failed) {
      throw Sealing.notWritten(failed);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private UserKey userKey(Ledger ledger, Options options) {
    try (LedgerWriter writer = ledger.writer(options.writerWait(), clock)) {
      return writer.userKey();
    }
  }

  /** One file followed. */
  private final class Run {
    private final Ledger ledger;
    private final Options options;
    private final EventStage stage;
    private final CardStage cards;
    private final Quarantine refused;
    private final Sealing sealing;
    private Instant nextSeal;
    private boolean wanted = true;
    private @Nullable UsageReader reader;

    Run(
        Ledger ledger,
        Options options,
        EventStage stage,
        CardStage cards,
        Quarantine refused,
        Sealing sealing) {
      this.ledger = ledger;
      this.options = options;
      this.stage = stage;
      this.cards = cards;
      this.refused = refused;
      this.sealing = sealing;
      nextSeal = clock.instant().plus(options.sealEvery());
    }

    void follow(Path file, InputFormat format, UsageDefaults defaults)
        throws IOException, SQLException {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new UsageException(file + ": is no file that could be followed");
      }
      try {
        while (wanted) {
          if (Files.exists(file)) {
            try (GrowingText growing = new GrowingText(file, this::awaitMore)) {
              read(source(file, growing, format, defaults), growing);
            }
          } else {
            awaitMore();
          }
        }
      } finally {
        seal();
      }
    }

    private UsageSource source(
        Path file, GrowingText growing, InputFormat format, UsageDefaults defaults) {
      return new UsageSource(
          file.toString(),
          UsageFormat.ofName(file.toString()),
          format,
          0,
          Optional.of(file),
          () -> growing,
          true,
          defaults.byColumn());
    }

    private void read(UsageSource source, GrowingText growing) throws IOException, SQLException {
      if (!growing.awaitLine()) {
        return;
      }
      awaitTold(source, growing);
      sealing.reading(source);
      stage.nextSource();
      UsageReader current =
          new UsageReader(
              source,
              ActivityParser.of(source, card.catalogue(), clock),
              card,
              refused,
              Reading.SILENT,
              new StagedRows(
                  stage,
                  () -> {
                    if (stage.rows() >= options.sealEvents()) {
                      sealIfFree();
                    }
                  }),
              sealing.sourceNotes());
      reader = current;
      try {
        current.readText();
      } finally {
        reader = null;
      }
    }

    /** A log may begin with lines that do not tell its format: so wait for more, for a while. */
    private void awaitTold(UsageSource source, GrowingText growing) throws IOException {
      Instant latest = clock.instant().plus(options.sealEvery());
      boolean told = false;
      while (!told && clock.instant().isBefore(latest) && wanted) {
        told = new SourceRows(source, new ReadNothing()).isTold(TextContent.open(source));
        if (!told) {
          awaitMore();
          growing.lookAgain();
        }
      }
    }

    private boolean awaitMore() {
      if (!clock.instant().isBefore(nextSeal)) {
        if (reader != null) {
          reader.rows().handOutSettled();
        }
        sealIfFree();
      }
      wanted = wanted && pause.await(options.poll());
      return wanted;
    }

    private void sealIfFree() {
      try {
        seal();
      } catch (LedgerException notYet) {
        if (stage.rows() >= MOST_WAITING_EVENTS) {
          throw notYet;
        }
        followed.postponed(notYet);
      }
      nextSeal = clock.instant().plus(options.sealEvery());
    }

    private void seal() {
      if (stage.rows() == 0) {
        return;
      }
      try (LedgerWriter writer = ledger.writer(options.writerWait(), clock)) {
        cards.refresh(writer.snapshot());
        sealing.seal(writer, Map.of()).ifPresent(followed::sealed);
        sealing.upkeep(writer);
      } catch (SQLException failed) {
        throw Sealing.notWritten(failed);
      }
    }
  }

  /** Takes what is read only to tell a format. */
  private record ReadNothing() implements RowSink {
    @Override
    public void row(UsageRow row) {}

    @Override
    public void refused(long line, String reason, String raw) {}

    @Override
    public void unknown(UnknownNames names) {}

    @Override
    public void note(String note) {}

    @Override
    public void progress(long bytes) {}
  }
}
