package io.gtrace.simulation.wave;

import java.util.Arrays;

/**
 * People of a shard by the hour in which something is due for them, in the order in which they were
 * noted down. Each hour has a chain of blocks, so that an event touches no memory but the end of
 * its hour's last block. Blocks lie together in chunks, which are never copied.
 */
final class EventCalendar {
  private static final int BLOCK_BITS = 7;

  /** People in a block. */
  static final int BLOCK = 1 << BLOCK_BITS;

  private static final int CHUNK_BITS = 14;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int CHUNK_MASK = CHUNK - 1;
  private static final int BLOCKS_OF_CHUNK = CHUNK / BLOCK;
  private static final int NONE = -1;

  private final int hours;
  private final int[] firstBlock;
  private final int[] next;
  private int[][] chunks = {};
  private int[] blockAfter = {};
  private int free = NONE;

  /** Takes what is due, a block at a time. */
  @FunctionalInterface
  interface Due {
    /** Takes some of the people of an array; may note others down for later hours. */
    void take(int[] people, int from, int count);
  }

  EventCalendar(int hours) {
    this.hours = hours;
    firstBlock = new int[hours + 1];
    next = new int[hours + 1];
    Arrays.fill(firstBlock, NONE);
  }

  /** Notes a person down; what is due after the run is not kept. */
  void add(int hour, int person) {
    // A branch would be guessed wrong: what comes too late is noted too, and dropped unread.
    int row = Math.min(hour, hours);
    int at = next[row];
    if (at % BLOCK == 0) {
      at = open(row, at);
    }
    chunks[at >> CHUNK_BITS][at & CHUNK_MASK] = person;
    next[row] = at + 1;
  }

  /**
   * Notes people down, each for an hour.
   *
   * @param count how many of the arrays
   */
  void addAll(int[] dueHours, int[] people, int count) {
    for (int i = 0; i < count; i++) {
      add(dueHours[i], people[i]);
    }
  }

  /** Adds a block to the chain of an hour; returns where it begins. */
  private int open(int row, int end) {
    if (firstBlock[row] == NONE) {
      firstBlock[row] = takeBlock();
      return firstBlock[row] * BLOCK;
    }
    if (row == hours) {
      return end - BLOCK;
    }
    int block = takeBlock();
    blockAfter[end / BLOCK - 1] = block;
    return block * BLOCK;
  }

  private int takeBlock() {
    if (free == NONE) {
      int had = chunks.length;
      chunks = Arrays.copyOf(chunks, had + 1);
      chunks[had] = new int[CHUNK];
      blockAfter = Arrays.copyOf(blockAfter, (had + 1) * BLOCKS_OF_CHUNK);
      for (int block = (had + 1) * BLOCKS_OF_CHUNK - 1; block >= had * BLOCKS_OF_CHUNK; block--) {
        giveBack(block);
      }
    }
    int block = free;
    free = blockAfter[block];
    blockAfter[block] = NONE;
    return block;
  }

  private void giveBack(int block) {
    blockAfter[block] = free;
    free = block;
  }

  /** How many are due in an hour, at most a block too many. */
  int size(int hour) {
    int size = 0;
    for (int block = firstBlock[hour]; block != NONE; block = blockAfter[block]) {
      size += BLOCK;
    }
    return size;
  }

  /** Hands out what is due in an hour and forgets it. Nobody may be noted down for that hour. */
  void take(int hour, Due due) {
    int block = firstBlock[hour];
    while (block != NONE) {
      int after = blockAfter[block];
      int first = block * BLOCK;
      int count = after == NONE ? next[hour] - first : BLOCK;
      due.take(chunks[first >> CHUNK_BITS], first & CHUNK_MASK, count);
      giveBack(block);
      block = after;
    }
    firstBlock[hour] = NONE;
    next[hour] = 0;
  }
}
