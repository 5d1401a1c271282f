package io.gtrace.ledger;

/** Ids of 128 bits that are as good as random, 32 bytes each at most. */
final class IdSet {
  private static final int FIRST_SIZE = 1 << 12;

  private long[] table = new long[2 * FIRST_SIZE];
  private int count;

  /** Returns whether it was not there. */
  boolean add(long high, long low) {
    // Zero is a free place.
    long first = high == 0 && low == 0 ? 1 : high;
    int at = place(first, low);
    while (table[at] != 0 || table[at + 1] != 0) {
      if (table[at] == first && table[at + 1] == low) {
        return false;
      }
      at = (at + 2) & (table.length - 1);
    }
    table[at] = first;
    table[at + 1] = low;
    count++;
    if (4 * count > table.length) {
      grow();
    }
    return true;
  }

  private int place(long high, long low) {
    return (int) (2 * (high ^ low)) & (table.length - 1);
  }

  private void grow() {
    long[] before = table;
    table = new long[2 * before.length];
    count = 0;
    for (int i = 0; i < before.length; i += 2) {
      if (before[i] != 0 || before[i + 1] != 0) {
        add(before[i], before[i + 1]);
      }
    }
  }

  void clear() {
    table = new long[2 * FIRST_SIZE];
    count = 0;
  }
}
