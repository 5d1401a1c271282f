package io.gtrace.server.organisation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What was asked lately. What somebody looks at is asked again and again, and worth having ready;
 * most of what people try out is asked once. Safe for use by many threads.
 */
final class Askings<K> {
  private static final int MOST = 500;

  /** Who has not asked for so long does not look any more. */
  private static final Duration WATCHED = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;

  /** Those that were asked last are at the end. */
  private final Map<K, Asked> asked = new LinkedHashMap<>();

  /**
   * @param at when it was asked last
   * @param again whether the time before was not long ago either
   */
  private record Asked(long at, boolean again) {}

  /**
   * @param nanoTime tells how time goes by, as {@link System#nanoTime} does
   */
  Askings(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Somebody asks. */
  synchronized void add(K key) {
    long now = nanoTime.getAsLong();
    Asked before = asked.remove(key);
    asked.put(key, new Asked(now, before != null && isWatched(before, now)));
    if (asked.size() > MOST) {
      Iterator<K> eldest = asked.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  private static boolean isWatched(Asked last, long now) {
    return now - last.at() < WATCHED.toNanos();
  }

  /** What somebody looks at, asked last things first. */
  synchronized List<K> watched() {
    long now = nanoTime.getAsLong();
    List<K> watched = new ArrayList<>();
    asked.forEach((key, last) -> {
      if (last.again() && isWatched(last, now)) {
        watched.add(key);
      }
    });
    return watched.reversed();
  }
}
