package io.gtrace.factor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Answers that are slow to find and asked for again and again, as a log asks for the names in it.
 * Holds so many and finds all further ones anew, so that a log of ever new names fills no memory.
 */
final class Remembered<K, V> {
  /** Far more than the names anybody uses, far less than the rows of a log. */
  private static final int MOST = 10_000;

  private final Function<K, V> finder;
  private final Map<K, V> answers = new ConcurrentHashMap<>();

  Remembered(Function<K, V> finder) {
    this.finder = finder;
  }

  V of(K asked) {
    V known = answers.get(asked);
    if (known != null) {
      return known;
    }
    V found = finder.apply(asked);
    if (answers.size() < MOST) {
      answers.put(asked, found);
    }
    return found;
  }
}
