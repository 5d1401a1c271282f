package io.gtrace.ledger.query;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many cells of roll-ups may be held in memory, by all ledgers that share it. A cell takes
 * about 70 bytes. Safe for use by many threads.
 */
public final class CellRoom {
  /** So many as a program with 900 MB of memory has room for beside all else. */
  public static final long STANDARD_CELLS = 1_500_000;

  private final AtomicLong left;

  /**
   * @param cells not negative; 0 to hold none
   */
  public CellRoom(long cells) {
    left = new AtomicLong(cells);
  }

  /** Takes room for some; whether there was that much. */
  boolean take(long cells) {
    long before = left.getAndUpdate(room -> room >= cells ? room - cells : room);
    return before >= cells;
  }

  void giveBack(long cells) {
    left.addAndGet(cells);
  }

  /** How many more there is room for. */
  public long left() {
    return left.get();
  }
}
