package io.gtrace.simulation.wave;

import java.util.Arrays;

/**
 * People of a shard by the hour in which something is due for them, in the order in which they were
 * noted down. Each hour has a chain of blocks, and all blocks lie in one array: an event touches no
 * memory but the end of its hour's last block.
 */
final class EventCalendar {
  /** People in a block. */
  static final int BLOCK = 512;

  private static final int NONE = -1;

  private final int hours;
  private final int[] firstBlock;
  private final int[] next;
  private int[] people = {};
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
    people[at] = person;
    next[row] = at + 1;
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
      int had = blockAfter.length;
      int has = Math.max(8, had + (had >> 1));
      people = Arrays.copyOf(people, has * BLOCK);
      blockAfter = Arrays.copyOf(blockAfter, has);
      for (int block = has - 1; block >= had; block--) {
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
      int count = after == NONE ? next[hour] - block * BLOCK : BLOCK;
      due.take(people, block * BLOCK, count);
      giveBack(block);
      block = after;
    }
    firstBlock[hour] = NONE;
    next[hour] = 0;
  }
}
