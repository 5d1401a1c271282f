package io.gtrace.server.organisation;

import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.Head;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private final Ledger ledger;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Question, Answer> answers = new LinkedHashMap<>();
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
   * @throws io.gtrace.ledger.store.LedgerException if it is damaged
   */
  public Answer ask(Question question) {
    lock.lock();
    try {
      LedgerQuery current = current();
      Answer known = answers.get(question);
      if (known == null) {
        known = answered(current, question);
        if (answers.size() >= MOST_ANSWERS) {
          answers.remove(answers.keySet().iterator().next());
        }
        answers.put(question, known);
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

  private LedgerQuery current() {
    Head newest = ledger.head();
    LedgerQuery known = query;
    if (known != null && newest.equals(head)) {
      return known;
    }
    Ledger.Snapshot taken = ledger.snapshot();
    LedgerQuery opened = LedgerQuery.open(taken, Pricing.CURRENT);
    answers.clear();
    if (known != null) {
      known.close();
    }
    query = opened;
    snapshot = taken;
    head = taken.head();
    return opened;
  }

  private Answer answered(LedgerQuery current, Question question) {
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
