package io.gtrace.server.organisation;

import io.gtrace.server.organisation.LedgerView.Made;
import io.gtrace.server.organisation.LedgerView.Making;
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
   * A content and how it is made.
   *
   * @param key what of: equal ones are alike
   * @param madeAt when, as {@link System#nanoTime} tells it
   */
  record Entry(Object key, Making making, Made made, long madeAt) {}

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

  /** Keeps what was made. */
  void keep(Object key, Making making, Made made) {
    keep(new Entry(key, making, made, nanoTime.getAsLong()));
  }

  /** Takes a content for the one that was asked for last. */
  synchronized void touch(Object key) {
    var _ = entries.get(key);
  }

  private synchronized void keep(Entry entry) {
    forget(entries.remove(entry.key()));
    int size = size(entry);
    if (size > MOST_BYTES_OF_ONE) {
      return;
    }
    Iterator<Entry> eldest = entries.values().iterator();
    while (eldest.hasNext() && (entries.size() >= MOST || bytes + size > MOST_BYTES)) {
      forget(eldest.next());
      eldest.remove();
    }
    entries.put(entry.key(), entry);
    bytes += size;
  }

  private void forget(@Nullable Entry entry) {
    if (entry != null) {
      bytes -= size(entry);
    }
  }

  private static int size(Entry entry) {
    return entry.made().content().plain().length;
  }

  /** How a content was made; empty if it is not kept any more. */
  synchronized Optional<Making> making(Object key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::making);
  }
}
