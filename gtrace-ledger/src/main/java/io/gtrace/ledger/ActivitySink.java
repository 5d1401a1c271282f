package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.ratecard.CardRow;

/** Takes activities one by one as they are read. */
@FunctionalInterface
public interface ActivitySink {
  /**
   * @param line line of the file, from 1
   * @param requestId what tells it from others where it is there again; empty if the file does not
   *     say
   * @param model the model under its canonical id; a training run under its own name
   * @param activity what was read there
   * @param row what prices it
   */
  void accept(long line, String requestId, String model, Activity activity, CardRow row);
}
