package io.gtrace.server.organisation;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Head;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import io.gtrace.server.http.Problem;
import io.helidon.http.Status;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger says, kept as long as the ledger stays as it is: many people ask the same. Safe for
 * use by many threads, of which one asks the ledger at a time.
 */
public final class LedgerView implements AutoCloseable {
  private static final int MOST_ANSWERS = 500;

  /** Of one answer. */
  static final int MOST_LINES = 20_000;

  /** Of all answers that are kept. */
  private static final int MOST_KEPT_LINES = 50_000;

  private final Ledger ledger;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Question, Answer> answers = new LinkedHashMap<>();
  private int keptLines;
  private Head head = new Head(0, "");
  private Ledger.@Nullable Snapshot snapshot;
  private @Nullable LedgerQuery query;

  LedgerView(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * What is asked.
   *
   * @param by split along these; empty for the total alone
   * @param period of which
   * @param only what has these values; empty for all
   */
  public record Question(List<GroupBy> by, Period period, Map<GroupBy, String> only) {
    public Question {
      by = List.copyOf(by);
      only = Map.copyOf(only);
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

  /**
   * Answers by the newest state of the ledger.
   *
   * @throws Problem if the answer has more than {@value #MOST_LINES} lines
   * @throws io.gtrace.ledger.store.LedgerException if it is damaged
   */
  public Answer ask(Question question) {
    lock.lock();
    try {
      LedgerQuery current = current();
      Answer known = answers.get(question);
      if (known == null) {
        known = answered(current, question);
        makeRoomFor(known);
        answers.put(question, known);
        keptLines += known.lines().size();
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks anything else, by the newest state of the ledger; others wait meanwhile.
   *
   * @throws io.gtrace.ledger.store.LedgerException if it is damaged
   */
  public <T> T with(Function<LedgerQuery, T> asking) {
    return with((state, current) -> asking.apply(current));
  }

  /**
   * Asks anything else of the newest state of the ledger, and of what it consists of; others wait
   * meanwhile.
   *
   * @throws io.gtrace.ledger.store.LedgerException if it is damaged
   */
  public <T> T with(BiFunction<Ledger.Snapshot, LedgerQuery, T> asking) {
    lock.lock();
    try {
      LedgerQuery current = current();
      return asking.apply(Objects.requireNonNull(snapshot), current);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The newest state of the ledger.
   *
   * @throws io.gtrace.ledger.store.LedgerException if it is damaged
   */
  public Ledger.Snapshot snapshot() {
    lock.lock();
    try {
      current();
      return Objects.requireNonNull(snapshot);
    } finally {
      lock.unlock();
    }
  }

  private void makeRoomFor(Answer answer) {
    Iterator<Answer> eldest = answers.values().iterator();
    while (eldest.hasNext()
        && (answers.size() >= MOST_ANSWERS
            || keptLines + answer.lines().size() > MOST_KEPT_LINES)) {
      keptLines -= eldest.next().lines().size();
      eldest.remove();
    }
  }

  private LedgerQuery current() {
    Head newest = ledger.head();
    LedgerQuery known = query;
    if (known != null && newest.equals(head)) {
      return known;
    }
    Ledger.Snapshot taken = ledger.snapshot();
    LedgerQuery opened = LedgerQuery.open(taken, Pricing.CURRENT);
    answers.clear();
    keptLines = 0;
    if (known != null) {
      known.close();
    }
    query = opened;
    snapshot = taken;
    head = taken.head();
    return opened;
  }

  /** Dimensions of which a ledger may hold any number of values. */
  private static final Set<GroupBy> MANY =
      Set.of(GroupBy.HOUR, GroupBy.TEAM, GroupBy.APP, GroupBy.MODEL);

  /** One dimension of few values is answered as fast as it is counted. */
  private static void requireBounded(LedgerQuery current, Question question) {
    if (question.by().size() < 2 && question.by().stream().noneMatch(MANY::contains)) {
      return;
    }
    long lines = current.countLines(question.by(), question.period(), question.only());
    if (lines > MOST_LINES) {
      throw Problem.of(
          Status.UNPROCESSABLE_CONTENT_422,
          String.format(
              Locale.ROOT,
              "the answer would have %,d lines, and %,d at most are given: ask for a shorter period"
                  + " (from, to), one value of a dimension, or fewer dimensions",
              lines,
              MOST_LINES));
    }
  }

  private Answer answered(LedgerQuery current, Question question) {
    requireBounded(current, question);
    List<QueryLine> lines =
        question.by().isEmpty()
            ? List.of()
            : current.by(question.by(), question.period(), question.only());
    return new Answer(head, current.total(question.period(), question.only()), lines);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (query != null) {
        query.close();
        query = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
