package io.gtrace.ledger;

/**
 * Tells whether an id may have been there before, by 64 of its bits: two ids that share them are
 * hardly ever met, and then somebody looks closer.
 */
final class SeenIds {
  private static final int FIRST_SIZE = 1 << 12;
  private static final int GROWTH = 4;

  private long[] table = new long[FIRST_SIZE];
  private int count;

  /** Takes the bits of an id, which are as good as random; whether they were there before. */
  boolean mayRepeat(long bits) {
    // Zero is a free place.
    long entry = bits == 0 ? 1 : bits;
    if (2 * count > table.length) {
      grow();
    }
    int at = (int) entry & (table.length - 1);
    while (table[at] != 0) {
      if (table[at] == entry) {
        return true;
      }
      at = (at + 1) & (table.length - 1);
    }
    table[at] = entry;
    count++;
    return false;
  }

  private void grow() {
    long[] before = table;
    table = new long[GROWTH * before.length];
    count = 0;
    for (long entry : before) {
      if (entry != 0) {
        mayRepeat(entry);
      }
    }
  }

  void clear() {
    table = new long[FIRST_SIZE];
    count = 0;
  }
}
