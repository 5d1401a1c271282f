package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.ratecard.CardRow;

/** Takes activities one by one as they are read. */
@FunctionalInterface
public interface ActivitySink {
  /**
   * @param line line of the file, from 1
   * @param activity what was read there
   * @param row what prices it
   */
  void accept(long line, Activity activity, CardRow row);
}
