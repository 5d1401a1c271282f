package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.ratecard.CardRow;

/** Takes the valid rows of a source one by one. */
@FunctionalInterface
interface PricedRowSink {
  /**
   * @param asWritten the row of the source
   * @param model the model under its canonical id; a training run under its own name
   * @param activity what the row means
   * @param row what prices it
   */
  void accept(UsageRow asWritten, String model, Activity activity, CardRow row);

  /** Whether a row that grows may come again; see {@link RowSink#takesRevisions}. */
  default boolean takesRevisions() {
    return false;
  }
}
