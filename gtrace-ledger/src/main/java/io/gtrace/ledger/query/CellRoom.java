package io.gtrace.ledger.query;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many cells of roll-ups may be held in memory, by all ledgers that share it. Safe for use by
 * many threads.
 */
public final class CellRoom {
  /** Hour, kind, activities and the volumes of the six drivers of tokens, and some to spare. */
  private static final long BYTES_PER_CELL = 70;

  private final AtomicLong left;

  /**
   * @param cells not negative; 0 to hold none
   */
  public CellRoom(long cells) {
    left = new AtomicLong(cells);
  }

  /** As many cells as memory of this size holds. */
  public static CellRoom ofBytes(long bytes) {
    return new CellRoom(bytes / BYTES_PER_CELL);
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
