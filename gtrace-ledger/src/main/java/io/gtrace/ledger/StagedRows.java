package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.ratecard.CardRow;

/**
 * Stages rows for a batch of a ledger, which knows what it has booked of a row that grows.
 *
 * @param afterEach done after each row
 */
record StagedRows(EventStage stage, Runnable afterEach) implements PricedRowSink {
  @Override
  public void accept(UsageRow asWritten, String model, Activity activity, CardRow row) {
    stage.add(asWritten, activity, row);
    afterEach.run();
  }

  @Override
  public boolean takesRevisions() {
    return true;
  }
}
