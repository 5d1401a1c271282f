package io.gtrace.ledger.query;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory cells of roll-ups may take together, of all ledgers that share it: about, since
 * the cells of a state stay as long as somebody asks it. Safe for use by many threads.
 */
public final class CellRoom {
  private final AtomicLong left;

  /**
   * @param bytes 0 to hold none
   * @throws IllegalArgumentException if they are negative
   */
  public CellRoom(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("room for " + bytes + " bytes");
    }
    left = new AtomicLong(bytes);
  }

  /** Takes room; whether there was that much. */
  boolean take(long bytes) {
    long before = left.getAndUpdate(room -> room >= bytes ? room - bytes : room);
    return before >= bytes;
  }

  void giveBack(long bytes) {
    left.addAndGet(bytes);
  }

  /** How many bytes more there is room for. */
  public long leftBytes() {
    return left.get();
  }
}
