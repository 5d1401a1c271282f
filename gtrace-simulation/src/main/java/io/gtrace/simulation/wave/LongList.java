package io.gtrace.simulation.wave;

import java.util.Arrays;

/** Long numbers that grow in one direction and are emptied again. */
final class LongList {
  private static final long[] NONE = {};

  private long[] values = NONE;
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, size + (size >> 1)));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  long get(int i) {
    return values[i];
  }

  void clear() {
    size = 0;
  }
}
