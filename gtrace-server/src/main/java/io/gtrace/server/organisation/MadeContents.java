package io.gtrace.server.organisation;

import io.gtrace.server.organisation.LedgerView.Made;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Contents that were made of one state of a ledger. Safe for use by many threads. */
final class MadeContents {
  private static final int MOST = 200;
  private static final int MOST_BYTES_OF_ONE = 2 << 20;
  private static final int MOST_BYTES = 16 << 20;

  private final LongSupplier nanoTime;

  /** Those that were asked for last are at the end. */
  private final Map<Object, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private int bytes;

  /**
   * A content.
   *
   * @param key what of: equal ones are alike
   * @param madeAt when, as {@link System#nanoTime} tells it
   */
  record Entry(Object key, Made made, long madeAt) {}

  /**
   * @param nanoTime tells how time goes by, as {@link System#nanoTime} does
   */
  MadeContents(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What was made for a key, for somebody who asks; empty if that was too long ago. */
  synchronized Optional<Made> find(Object key) {
    return Optional.ofNullable(entries.get(key))
        .filter(known -> nanoTime.getAsLong() - known.madeAt() <= LedgerView.PATIENCE.toNanos())
        .map(Entry::made);
  }

  /** Keeps what was made for somebody, and lets go of others where there is no room; whether. */
  synchronized boolean keep(Object key, Made made) {
    Entry entry = new Entry(key, made, nanoTime.getAsLong());
    forget(entries.remove(key));
    if (size(entry) > MOST_BYTES_OF_ONE) {
      return false;
    }
    Iterator<Entry> eldest = entries.values().iterator();
    while (eldest.hasNext() && !hasRoomFor(entry)) {
      forget(eldest.next());
      eldest.remove();
    }
    put(entry);
    return true;
  }

  /**
   * Keeps what was made ahead, but for what is too large to be kept at all.
   *
   * @return false if what is kept leaves no room for it
   */
  synchronized boolean add(Object key, Made made) {
    Entry entry = new Entry(key, made, nanoTime.getAsLong());
    if (size(entry) > MOST_BYTES_OF_ONE) {
      return true;
    }
    if (!hasRoomFor(entry)) {
      return false;
    }
    forget(entries.remove(key));
    put(entry);
    return true;
  }

  /** Takes a content for the one that was asked for last. */
  synchronized void touch(Object key) {
    var _ = entries.get(key);
  }

  private boolean hasRoomFor(Entry entry) {
    return entries.size() < MOST && bytes + size(entry) <= MOST_BYTES;
  }

  private void put(Entry entry) {
    entries.put(entry.key(), entry);
    bytes += size(entry);
  }

  private void forget(@Nullable Entry entry) {
    if (entry != null) {
      bytes -= size(entry);
    }
  }

  private static int size(Entry entry) {
    return entry.made().content().plain().length;
  }
}
