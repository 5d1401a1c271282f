package io.gtrace.simulation.wave;

import java.util.ArrayList;
import java.util.List;

/** Numbers in blocks of one size, which are used again. Not for sharing between threads. */
final class Blocks {
  static final int SIZE = 512;

  private final List<int[]> free = new ArrayList<>();

  private int[] take() {
    return free.isEmpty() ? new int[SIZE] : free.remove(free.size() - 1);
  }

  /** Numbers in the order in which they were added. */
  final class Row {
    private final List<int[]> blocks = new ArrayList<>();
    private int[] last = NONE;
    private int used = SIZE;

    void add(int value) {
      if (used == SIZE) {
        last = take();
        blocks.add(last);
        used = 0;
      }
      last[used++] = value;
    }

    int size() {
      return (blocks.size() - 1) * SIZE + used;
    }

    int blocks() {
      return blocks.size();
    }

    int[] block(int number) {
      return blocks.get(number);
    }

    /** How many numbers a block holds. */
    int sizeOf(int number) {
      return number < blocks.size() - 1 ? SIZE : used;
    }

    /** Empties the row. */
    void clear() {
      free.addAll(blocks);
      blocks.clear();
      last = NONE;
      used = SIZE;
    }
  }

  private static final int[] NONE = {};
}
