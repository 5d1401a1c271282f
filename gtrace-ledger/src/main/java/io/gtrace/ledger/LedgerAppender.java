package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.UserKey;
import io.gtrace.ratecard.RateCard;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds events that a program holds in memory to a ledger, a batch with every call, as a server does
 * with what it was told since the last one.
 *
 * <ul>
 *   <li>All or nothing: when {@link #append} returns, its events are sealed and on disk, and a
 *       power cut cannot take them back. When it throws, or the process is killed meanwhile, the
 *       ledger is as it was before the call or as it is after it; calling it again with the same
 *       events is right in both cases.
 *   <li>Exactly once: an event whose request id the ledger knows, from whatever file, format or
 *       call, changes nothing; nor does one that is in the same call twice. It is looked for among
 *       events of its day, the day before and the day after, and those without a time.
 *   <li>Readers need not wait: {@link Ledger#snapshot} in any thread sees the batch whole as soon
 *       as {@link #append} returns, and queries that are open go on with what they were opened on.
 *   <li>The lock for writers is held during a call only, so that others may write, forget or price
 *       anew between two calls; what they change is taken into account by the next.
 *   <li>May be shared between threads; one call waits for another.
 * </ul>
 *
 * <p>A batch is a few files and some tens of milliseconds of work whether it holds one event or
 * some thousands, so events should be gathered for seconds rather than added one by one.
 */
public final class LedgerAppender implements AutoCloseable {
  /** What one batch may hold: more does not fit into memory. */
  public static final long MOST_EVENTS = 2_000_000;

  private final Ledger ledger;
  private final RateCard card;
  private final InstantSource clock;
  private final String version;
  private final ActivityPricing pricing;
  private final MomentParser moments;
  private @Nullable Workshop workshop;
  private boolean closed;

  /**
   * Takes no lock and writes nothing yet.
   *
   * @param card what prices; it should allow fallbacks, since what it refuses is not accounted
   * @param clock tells when batches are sealed; events later than it are refused
   * @param version of G-TRACE, for the seals
   */
  public LedgerAppender(Ledger ledger, RateCard card, InstantSource clock, String version) {
    this.ledger = ledger;
    this.card = card;
    this.clock = clock;
    this.version = version;
    pricing = new ActivityPricing(card);
    moments = new MomentParser(card.catalogue().firstYear(), clock);
  }

  /**
   * What came of a call.
   *
   * @param seal of the batch; empty if there was nothing new, then the ledger is unchanged
   * @param added events that are new
   * @param duplicates events that the ledger has already, or that were there twice
   * @param revised metered buckets of which larger counts took the place of those in the ledger
   * @param refused events that cannot be accounted; the others were
   * @param notes what a reader must know besides
   */
  public record Result(
      Optional<Seal> seal,
      long added,
      long duplicates,
      long revised,
      List<Refused> refused,
      List<String> notes) {
    public Result {
      refused = List.copyOf(refused);
      notes = List.copyOf(notes);
    }
  }

  /**
   * An event that was not accounted.
   *
   * @param index its place among those of the call, from 0
   * @param requestId its id
   * @param field what is wrong of it, as usage files call it
   * @param reason why, for people
   */
  public record Refused(long index, String requestId, String field, String reason) {}

  /**
   * Adds events as one batch.
   *
   * @param events at most {@link #MOST_EVENTS}; read once, in this thread
   * @param reason for people who read the seals, as in {@code received over OTLP}
   * @param wait how long to wait for another writer
   * @throws IllegalArgumentException if there are too many; nothing was added
   * @throws IllegalStateException if this was closed
   * @throws LedgerException if the ledger is damaged, or another one writes for longer
   * @throws UncheckedIOException if the ledger cannot be written, as on a full disk
   */
  public synchronized Result append(Iterable<UsageEvent> events, String reason, Duration wait) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    boolean done = false;
    try (LedgerWriter writer = ledger.writer(wait, clock)) {
      Workshop open = workshop(writer);
      List<Refused> refused = open.stage(events);
      Result result = open.seal(writer, reason, refused);
      done = true;
      return result;
    } catch (SQLException failed) {
      throw Sealing.notWritten(failed);
    } finally {
      if (!done) {
        // Whatever is half done in it: the next call begins afresh.
        discard();
      }
    }
  }

  private Workshop workshop(LedgerWriter writer) throws SQLException {
    if (workshop == null) {
      workshop = open(writer.userKey(), writer.snapshot());
    } else {
      workshop.cards.refresh(writer.snapshot());
    }
    return workshop;
  }

  private Workshop open(UserKey users, Ledger.Snapshot snapshot) throws SQLException {
    SpillFolder spill = new SpillFolder();
    try {
      LedgerDatabase database = LedgerDatabase.open(Optional.of(spill.path()));
      try {
        return new Workshop(spill, database, users, snapshot);
      } catch (SQLException | RuntimeException failed) {
        database.close();
        throw failed;
      }
    } catch (SQLException | RuntimeException failed) {
      spill.close();
      throw failed;
    }
  }

  private void discard() {
    if (workshop != null) {
      workshop.close();
      workshop = null;
    }
  }

  /** Lets go of memory and temporary files; the ledger holds all that was added. */
  @Override
  public synchronized void close() {
    closed = true;
    discard();
  }

  /** The database in which batches are made, kept from one to the next. */
  private final class Workshop implements AutoCloseable {
    private final SpillFolder spill;
    private final LedgerDatabase database;
    private final EventStage stage;
    private final CardStage cards;
    private final EventBatch batch;

    Workshop(SpillFolder spill, LedgerDatabase database, UserKey users, Ledger.Snapshot snapshot)
        throws SQLException {
      this.spill = spill;
      this.database = database;
      stage = new EventStage(database, users);
      cards = new CardStage(database, card, snapshot);
      batch = new EventBatch(database, stage, cards);
    }

    List<Refused> stage(Iterable<UsageEvent> events) throws SQLException {
      stage.nextSource();
      List<Refused> refused = new ArrayList<>();
      long index = 0;
      for (UsageEvent event : events) {
        if (index >= MOST_EVENTS) {
          throw new IllegalArgumentException(
              "more than " + MOST_EVENTS + " events: add them in several calls");
        }
        try {
          add(event);
        } catch (RefusedRowException not) {
          refused.add(new Refused(index, event.requestId(), not.field(), not.reason()));
        }
        index++;
      }
      return refused;
    }

    private void add(UsageEvent event) throws RefusedRowException {
      Activity activity = event.activity();
      Optional<Instant> when = activity.context().when();
      if (when.isPresent()) {
        moments.checked(when.get());
      }
      stage.add(ActivityRow.of(event), activity, pricing.row(activity));
    }

    Result seal(LedgerWriter writer, String reason, List<Refused> refused) throws SQLException {
      if (stage.rows() == 0) {
        return new Result(Optional.empty(), 0, 0, 0, refused, List.of());
      }
      EventBatch.Outcome outcome = batch.write(writer);
      Optional<Seal> seal = Optional.empty();
      List<String> notes = new ArrayList<>(outcome.note().stream().toList());
      if (outcome.changesTheLedger()) {
        seal =
            Optional.of(
                writer.seal(
                    new LedgerWriter.About(
                        Seal.Kind.APPEND,
                        cards.factorSet(),
                        LedgerIngest.METHOD,
                        version,
                        reason,
                        outcome.duplicates(),
                        refused.size(),
                        Map.of()),
                    List.of()));
        notes.addAll(batch.upkeep(writer, version));
      }
      stage.clear();
      return new Result(
          seal, outcome.fresh(), outcome.duplicates(), outcome.revised(), refused, notes);
    }

    @Override
    public void close() {
      try (spill) {
        try {
          stage.close();
        } finally {
          database.close();
        }
      } catch (SQLException half) {
        // What was staged is not wanted any more.
      }
    }
  }
}
