package io.gtrace.simulation.wave;

import java.util.Arrays;

/** Numbers that grow in one direction. */
final class IntList {
  private static final int[] NONE = {};

  private int[] values = NONE;
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, size + (size >> 1)));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  int get(int i) {
    return values[i];
  }
}
