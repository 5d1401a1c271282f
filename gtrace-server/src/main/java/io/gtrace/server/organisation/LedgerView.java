package io.gtrace.server.organisation;

import io.gtrace.ledger.query.CellRoom;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerMemory;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Head;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.server.http.Packed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger says. While somebody looks at it, each new state is opened and asked what is asked
 * again and again before it takes its place, so that nobody waits for a batch that was just sealed;
 * what is told is never older than {@link #PATIENCE}. Safe for use by many threads.
 */
public final class LedgerView implements LedgerAnswers, AutoCloseable {
  /** For so long a state still serves that is not the newest any more. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How often is looked for a newer state, and for how long after somebody has asked. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private static final Duration WATCHED = Duration.ofMinutes(1);

  /** After so long without a question nothing is held in memory any more. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  /** How long a new state may take to make and answer what its predecessor was asked for. */
  private static final Duration PREPARED = Duration.ofSeconds(2);

  private static final System.Logger LOG = System.getLogger(LedgerView.class.getName());

  private final Ledger ledger;
  private final LongSupplier nanoTime;
  private final ReentrantLock renewing = new ReentrantLock();
  private final ScheduledExecutorService follower =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("ledger view").unstarted(task));

  private final Askings<Question> askedQuestions;
  private final Askings<Wanted> askedContents;
  private volatile @Nullable OpenedLedger state;

  /** For the cells of this ledger that are held, and of others. */
  private final CellRoom room;

  /** What was read; changed by who renews. */
  private LedgerMemory memory;

  /** Whether it was tried to hold the cells of the state; the same. */
  private boolean isHoldingTried;

  private boolean closed;

  /** When the state was the newest for certain. */
  private volatile long newestAt;

  private volatile long askedAt;

  /**
   * @param room for what is held of it in memory, and of other ledgers
   * @param nanoTime tells how time goes by, as {@link System#nanoTime} does
   */
  LedgerView(Ledger ledger, CellRoom room, LongSupplier nanoTime) {
    this.ledger = ledger;
    this.room = room;
    memory = new LedgerMemory(room);
    this.nanoTime = nanoTime;
    askedQuestions = new Askings<>(nanoTime);
    askedContents = new Askings<>(nanoTime);
    askedAt = nanoTime.getAsLong() - WATCHED.toNanos();
    var _ =
        follower.scheduleWithFixedDelay(
            this::follow, LOOK.toNanos(), LOOK.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * What is asked.
   *
   * @param by split along these; empty for the total alone
   * @param period of which
   * @param only what has these values; empty for all
   * @param among what has one of several values; empty for all
   */
  public record Question(
      List<GroupBy> by, Period period, Map<GroupBy, String> only, Map<GroupBy, Set<String>> among) {
    private static final int SHORTEST_MONTH_DAYS = 28;
    private static final int SHORTEST_YEAR_DAYS = 365;

    public Question {
      by = List.copyOf(by);
      only = Map.copyOf(only);
      among =
          among.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      Map.Entry::getKey, each -> Set.copyOf(each.getValue())));
    }

    public Question(List<GroupBy> by, Period period, Map<GroupBy, String> only) {
      this(by, period, only, Map.of());
    }

    /** The same of what also has one of some values. */
    public Question among(GroupBy dimension, Set<String> values) {
      Map<GroupBy, Set<String>> more = new TreeMap<>(among);
      more.put(dimension, values);
      return new Question(by, period, only, more);
    }

    /** No answer has more lines; as many as there can be if nothing bounds them. */
    long mostLines() {
      return by.stream().mapToLong(this::mostValues).reduce(1, Question::product);
    }

    private long mostValues(GroupBy dimension) {
      if (only.containsKey(dimension)) {
        return 1;
      }
      if (among.containsKey(dimension)) {
        return among.get(dimension).size();
      }
      if (period.from().isEmpty() || period.to().isEmpty()) {
        return Long.MAX_VALUE;
      }
      Duration length = Duration.between(period.from().get(), period.to().get());
      // One more than fit in if it begins within one, and ends within another.
      return switch (dimension) {
        case HOUR -> 2 + length.toHours();
        case DAY -> 2 + length.toDays();
        case MONTH -> 2 + length.toDays() / SHORTEST_MONTH_DAYS;
        case YEAR -> 2 + length.toDays() / SHORTEST_YEAR_DAYS;
        default -> Long.MAX_VALUE;
      };
    }

    private static long product(long a, long b) {
      return a > Long.MAX_VALUE / Math.max(1, b) ? Long.MAX_VALUE : a * b;
    }
  }

  /**
   * What the ledger says.
   *
   * @param head of the ledger that says so: as long as it is the newest, so is the answer
   * @param total of all
   * @param lines in order of time, or the largest carbon first; none where nothing is split
   */
  public record Answer(Head head, QueryLine total, List<QueryLine> lines) {
    public Answer {
      lines = List.copyOf(lines);
    }
  }

  /** Something that is made of what a ledger says. */
  @FunctionalInterface
  public interface Making {
    Packed of(LedgerAnswers ledger);
  }

  /**
   * Something that was made.
   *
   * @param head of the ledger that says so
   */
  public record Made(Head head, Packed content) {}

  @Override
  public Answer ask(Question question) {
    return untilOpen(current -> current.ask(question));
  }

  /**
   * Makes something of a single state of the ledger, or gives what was made for an equal key at
   * most {@link #PATIENCE} ago. As long as somebody asks for it again and again, it is made ahead
   * of each new state.
   *
   * @param key all that it depends on beside the ledger and the time
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is damaged
   */
  public Made made(Object key, Making making) {
    return untilOpen(current -> current.made(key, making));
  }

  @Override
  public <T> T with(BiFunction<Ledger.Snapshot, LedgerQuery, T> asking) {
    return untilOpen(current -> current.with(query -> asking.apply(current.snapshot(), query)));
  }

  @Override
  public Ledger.Snapshot snapshot() {
    return current().snapshot();
  }

  /**
   * Takes over the newest state of the ledger, for whoever has just changed it.
   *
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is damaged
   */
  public void renew() {
    newest();
  }

  private <T> T untilOpen(Function<OpenedLedger, Optional<T>> asking) {
    while (true) {
      Optional<T> answer = asking.apply(current());
      if (answer.isPresent()) {
        return answer.get();
      }
    }
  }

  private OpenedLedger current() {
    long now = nanoTime.getAsLong();
    askedAt = now;
    OpenedLedger known = state;
    return known != null && now - newestAt < PATIENCE.toNanos() ? known : newest();
  }

  private OpenedLedger newest() {
    renewing.lock();
    try {
      if (closed) {
        throw new IllegalStateException("nobody is told anything any more");
      }
      OpenedLedger known = state;
      long looked = nanoTime.getAsLong();
      if (known == null) {
        // Whoever comes first does not wait until cells are held.
        Ledger.Snapshot first = ledger.snapshot();
        known = opened(first, stored(first));
      } else if (!known.head().equals(ledger.head())) {
        known = successor(known);
      }
      state = known;
      newestAt = looked;
      return known;
    } finally {
      renewing.unlock();
    }
  }

  private OpenedLedger successor(OpenedLedger known) {
    Ledger.Snapshot newest = ledger.snapshot();
    if (!goesOn(known.snapshot(), newest)) {
      memory.close();
      memory = new LedgerMemory(room);
    }
    OpenedLedger successor =
        opened(
            newest,
            LedgerQuery.held(newest, Pricing.CURRENT, memory).orElseGet(() -> stored(newest)));
    isHoldingTried = true;
    long opened = nanoTime.getAsLong();
    successor.prepare(() -> nanoTime.getAsLong() - opened < PREPARED.toNanos());
    closeInItsTime(known);
    return successor;
  }

  /** Who asks it for long must not keep others from what is newer. */
  private static void closeInItsTime(OpenedLedger known) {
    Thread.startVirtualThread(known::close);
  }

  private LedgerQuery stored(Ledger.Snapshot snapshot) {
    return LedgerQuery.open(snapshot, Pricing.CURRENT, memory);
  }

  private OpenedLedger opened(Ledger.Snapshot snapshot, LedgerQuery query) {
    return new OpenedLedger(snapshot, nanoTime, query, askedQuestions, askedContents);
  }

  /**
   * Whether a state goes on with the cards of another: who prices anew needs none of those before,
   * and a ledger that was put back to an earlier state may have given their numbers anew.
   */
  private static boolean goesOn(Ledger.Snapshot earlier, Ledger.Snapshot newest) {
    return newest.head().batch() > earlier.head().batch()
        && RollupFiles.lastRepricing(newest) == RollupFiles.lastRepricing(earlier);
  }

  private void follow() {
    long unasked = nanoTime.getAsLong() - askedAt;
    try {
      if (unasked > FORGOTTEN.toNanos()) {
        letGo().ifPresent(LedgerView::closeInItsTime);
      } else if (state != null && unasked <= WATCHED.toNanos()) {
        newestHeld();
      }
    } catch (RuntimeException unreadable) {
      // Whoever asks after the patience has run out is told.
      LOG.log(System.Logger.Level.DEBUG, "the ledger cannot be read anew", unreadable);
    } catch (Error fault) {
      // Thrown on, it would end all following without a word.
      LOG.log(System.Logger.Level.ERROR, "the ledger is not followed for a moment", fault);
      letGo().ifPresent(LedgerView::closeInItsTime);
    }
  }

  private void newestHeld() {
    renewing.lock();
    try {
      OpenedLedger newest = newest();
      if (!isHoldingTried) {
        isHoldingTried = true;
        LedgerQuery.held(newest.snapshot(), Pricing.CURRENT, memory)
            .ifPresent(held -> Thread.startVirtualThread(() -> newest.goOnWith(held)));
      }
    } finally {
      renewing.unlock();
    }
  }

  /** Lets go of the state and all that was read; the state, which is to be closed. */
  private Optional<OpenedLedger> letGo() {
    renewing.lock();
    try {
      OpenedLedger known = state;
      if (known != null) {
        state = null;
        isHoldingTried = false;
        memory.close();
        memory = new LedgerMemory(room);
      }
      return Optional.ofNullable(known);
    } finally {
      renewing.unlock();
    }
  }

  @Override
  public void close() {
    follower.shutdownNow();
    renewing.lock();
    try {
      closed = true;
      letGo().ifPresent(OpenedLedger::close);
    } finally {
      renewing.unlock();
    }
  }
}
