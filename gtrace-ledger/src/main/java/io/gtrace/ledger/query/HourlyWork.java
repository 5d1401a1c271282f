package io.gtrace.ledger.query;

import java.util.List;

/**
 * Work at one row of a card in one hour of the day of one month.
 *
 * @param keys what it was split along, in the order asked for; empty texts where not known
 * @param slot month, from 0, times 24 plus hour of the day, both in UTC, as {@link
 *     io.gtrace.factor.HourlyProfile#slotOf}; {@link #NO_TIME} of work without a time
 */
public record HourlyWork(List<String> keys, int slot, Work work) {
  /** The slot of work of which it is not known when it ran. */
  public static final int NO_TIME = -1;

  public HourlyWork {
    keys = List.copyOf(keys);
  }
}
