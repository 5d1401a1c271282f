package io.gtrace.server.organisation;

import io.gtrace.ledger.query.LedgerCube;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.TooManyLinesException;
import io.gtrace.ledger.store.Head;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.server.http.Problem;
import io.gtrace.server.organisation.LedgerView.Answer;
import io.gtrace.server.organisation.LedgerView.Made;
import io.gtrace.server.organisation.LedgerView.Making;
import io.gtrace.server.organisation.LedgerView.Question;
import io.helidon.http.Status;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A ledger as it was sealed at one moment, and what was asked of it. Safe for use by many threads;
 * what was asked before is answered at once, of what is new one thread asks at a time.
 */
final class OpenedLedger implements AutoCloseable {
  private static final int MOST_ANSWERS = 500;

  /** Of one answer. */
  static final int MOST_LINES = 20_000;

  /** Of all answers that are kept, in sums that they refer to, of some 150 bytes each. */
  private static final long MOST_KEPT = 100_000;

  /** Of one of them: a larger one would drive out too many others. */
  private static final long MOST_KEPT_OF_ONE = MOST_KEPT / 2;

  /** What a line takes beside its sums is as much as so many of these. */
  private static final long SUMS_OF_LINE = 4;

  private static final System.Logger LOG = System.getLogger(OpenedLedger.class.getName());

  private final Ledger.Snapshot snapshot;

  /** Held by who asks the ledger. */
  private final ReentrantLock lock = new ReentrantLock();

  private LedgerQuery query;

  private boolean closed;

  /** Guards what is kept, for moments only. */
  private final ReentrantLock keeping = new ReentrantLock();

  /** Those that were asked for last are at the end. */
  private final Map<Question, Answered> answers = new LinkedHashMap<>(16, 0.75f, true);

  private long keptSize;

  /** Answers that are too large to be kept, for all who use one at the same time. */
  private final Map<Question, WeakReference<Answer>> largeAnswers = new HashMap<>();

  private final MadeContents made;
  private final Askings<Question> askedQuestions;
  private final Askings<Wanted> askedContents;

  /**
   * An answer.
   *
   * @param size in sums that it refers to
   */
  private record Answered(Answer answer, long size) {
    boolean isKept() {
      return size <= MOST_KEPT_OF_ONE;
    }
  }

  /** It was closed while it was asked, since there is a newer state. */
  private static final class ClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** For a content that asks this state and no other, and asks some things twice. */
  private final class This implements LedgerAnswers {
    private final Map<Question, Answer> told = new ConcurrentHashMap<>();

    @Override
    public Answer ask(Question question) {
      Answer known = told.get(question);
      if (known != null) {
        return known;
      }
      Answer found = answered(question).map(Answered::answer).orElseThrow(ClosedException::new);
      told.put(question, found);
      return found;
    }

    @Override
    public <T> T with(BiFunction<Ledger.Snapshot, LedgerQuery, T> asking) {
      return OpenedLedger.this
          .with(open -> asking.apply(snapshot, open))
          .orElseThrow(ClosedException::new);
    }

    @Override
    public Ledger.Snapshot snapshot() {
      return snapshot;
    }
  }

  /**
   * @param nanoTime tells how time goes by, as {@link System#nanoTime} does
   * @param query asks it; closed with this
   * @param askedQuestions what is asked of this and other states, to be added to
   * @param askedContents what is made for those who ask, likewise
   */
  OpenedLedger(
      Ledger.Snapshot snapshot,
      LongSupplier nanoTime,
      LedgerQuery query,
      Askings<Question> askedQuestions,
      Askings<Wanted> askedContents) {
    this.snapshot = snapshot;
    this.askedQuestions = askedQuestions;
    this.askedContents = askedContents;
    made = new MadeContents(nanoTime);
    this.query = query;
  }

  Head head() {
    return snapshot.head();
  }

  Ledger.Snapshot snapshot() {
    return snapshot;
  }

  /** Has all questions from now on asked by another query of the same state. */
  void goOnWith(LedgerQuery other) {
    lock.lock();
    try {
      LedgerQuery needless = closed ? other : query;
      query = closed ? query : other;
      needless.close();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks something.
   *
   * @return empty if it is closed, since there is a newer state
   */
  <T> Optional<T> with(Function<LedgerQuery, T> asking) {
    lock.lock();
    try {
      return closed ? Optional.empty() : Optional.of(asking.apply(query));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Answers, from memory where it was asked before.
   *
   * @return empty if it is closed, since there is a newer state
   * @throws Problem if the answer has more than {@value #MOST_LINES} lines
   */
  Optional<Answer> ask(Question question) {
    Optional<Answered> found = answered(question);
    // What is not kept need not be asked ahead either.
    found.filter(Answered::isKept).ifPresent(kept -> askedQuestions.add(question));
    return found.map(Answered::answer);
  }

  private Optional<Answered> answered(Question question) {
    Optional<Answered> known = kept(question);
    return known.isPresent()
        ? known
        : with(open -> kept(question).orElseGet(() -> keep(question, answerAnew(question))));
  }

  private Optional<Answered> kept(Question question) {
    keeping.lock();
    try {
      Answered small = answers.get(question);
      return Optional.ofNullable(small).or(() -> large(question));
    } finally {
      keeping.unlock();
    }
  }

  private Optional<Answered> large(Question question) {
    WeakReference<Answer> large = largeAnswers.get(question);
    return Optional.ofNullable(large == null ? null : large.get())
        .map(answer -> new Answered(answer, Long.MAX_VALUE));
  }

  private Answered keep(Question question, Answered answered) {
    keeping.lock();
    try {
      if (!answered.isKept()) {
        largeAnswers.values().removeIf(each -> each.get() == null);
        largeAnswers.put(question, new WeakReference<>(answered.answer()));
        return answered;
      }
      Iterator<Answered> eldest = answers.values().iterator();
      while (eldest.hasNext()
          && (answers.size() >= MOST_ANSWERS || keptSize + answered.size() > MOST_KEPT)) {
        keptSize -= eldest.next().size();
        eldest.remove();
      }
      answers.put(question, answered);
      keptSize += answered.size();
      return answered;
    } finally {
      keeping.unlock();
    }
  }

  /**
   * Makes a content, or gives one that was made a moment ago.
   *
   * @return empty if it is closed, since there is a newer state
   */
  Optional<Made> made(Object key, Making making) {
    Wanted wanted = new Wanted(key, making);
    Optional<Made> known = made.find(key);
    if (known.isPresent()) {
      askedContents.add(wanted);
      return known;
    }
    try {
      Made fresh = new Made(head(), making.of(new This()));
      if (made.keep(key, fresh)) {
        askedContents.add(wanted);
      }
      return Optional.of(fresh);
    } catch (ClosedException newer) {
      return Optional.empty();
    }
  }

  /**
   * Makes what those who look ask for, and answers what they ask: of what was asked only once, most
   * is never asked again.
   *
   * @param inTime whether there is time for another
   */
  void prepare(BooleanSupplier inTime) {
    Deque<Object> keys = new ArrayDeque<>();
    boolean hasRoom = true;
    for (Wanted wanted : askedContents.watched()) {
      if (hasRoom && inTime.getAsBoolean()) {
        hasRoom = makeAhead(wanted);
        keys.push(wanted.key());
      }
    }
    // What was asked for last is the last to be let go.
    keys.forEach(made::touch);
    Deque<Question> prepared = new ArrayDeque<>();
    for (Question question : askedQuestions.watched()) {
      if (inTime.getAsBoolean()) {
        ahead(() -> {
          answered(question);
          prepared.push(question);
        });
      }
    }
    // The one that was asked last is the last to be let go.
    prepared.forEach(this::kept);
  }

  /** Makes a content; whether there may be room for more. */
  private boolean makeAhead(Wanted wanted) {
    try {
      return made.add(wanted.key(), new Made(head(), wanted.making().of(new This())));
    } catch (RuntimeException cannotBeMade) {
      LOG.log(System.Logger.Level.DEBUG, "whoever asks again is told so", cannotBeMade);
      return true;
    }
  }

  private static void ahead(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException cannotBeAnswered) {
      LOG.log(System.Logger.Level.DEBUG, "whoever asks again is told so", cannotBeAnswered);
    }
  }

  private Answered answerAnew(Question question) {
    // Of one dimension there are few values, as a rule, which are told as fast as counted.
    if (question.by().size() > 1 && question.mostLines() > MOST_LINES) {
      requireFewLines(question);
    }
    try {
      LedgerCube cube =
          query.cube(
              question.by(), question.period(), question.only(), question.among(), MOST_LINES);
      List<QueryLine> lines = question.by().isEmpty() ? List.of() : cube.by(question.by());
      return new Answered(
          new Answer(head(), cube.total(), lines), cube.sums() + SUMS_OF_LINE * lines.size());
    } catch (TooManyLinesException | LedgerException unanswered) {
      // So many lines may also be more than the database has memory for.
      requireFewLines(question);
      throw unanswered;
    }
  }

  private void requireFewLines(Question question) {
    long lines =
        query.countLines(question.by(), question.period(), question.only(), question.among());
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

  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        query.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
