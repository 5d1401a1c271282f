package io.gtrace.server.organisation;

import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.server.http.Problem;
import io.gtrace.server.organisation.LedgerView.Answer;
import io.gtrace.server.organisation.LedgerView.Question;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Tells what a ledger says. Safe for use by many threads. */
public interface LedgerAnswers {
  /**
   * Answers a question.
   *
   * @throws Problem if the answer has more than {@value OpenedLedger#MOST_LINES} lines
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is damaged
   */
  Answer ask(Question question);

  /**
   * Asks anything else of a state of the ledger, and of what it consists of; others wait meanwhile.
   *
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is damaged
   */
  <T> T with(BiFunction<Ledger.Snapshot, LedgerQuery, T> asking);

  /**
   * Asks anything else; others wait meanwhile.
   *
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is damaged
   */
  default <T> T with(Function<LedgerQuery, T> asking) {
    return with((snapshot, query) -> asking.apply(query));
  }

  /**
   * The state of the ledger that answers are of.
   *
   * @throws io.gtrace.ledger.store.LedgerException if the ledger is damaged
   */
  Ledger.Snapshot snapshot();
}
