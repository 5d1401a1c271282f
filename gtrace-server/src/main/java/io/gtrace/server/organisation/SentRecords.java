package io.gtrace.server.organisation;

import io.gtrace.ledger.UsageDelivery;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what came of records. What is left out is mostly no call of a model, but a sender whose
 * calls are named in a way that nobody reads shows here too. Safe for use by many threads.
 */
public final class SentRecords {
  private final LongAdder accepted = new LongAdder();
  private final LongAdder leftOut = new LongAdder();
  private final LongAdder refused = new LongAdder();

  void add(UsageDelivery.Accepted delivery) {
    accepted.add(delivery.accepted());
    leftOut.add(delivery.leftOut());
    refused.add(delivery.refused());
  }

  /** Those that were kept. */
  public long accepted() {
    return accepted.sum();
  }

  /** Those that tell of no usage. */
  public long leftOut() {
    return leftOut.sum();
  }

  /** Those that were wrong. */
  public long refused() {
    return refused.sum();
  }
}
