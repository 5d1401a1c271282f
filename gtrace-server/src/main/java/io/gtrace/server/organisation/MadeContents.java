package io.gtrace.server.organisation;

import io.gtrace.server.organisation.LedgerView.Made;
import io.gtrace.server.organisation.LedgerView.Making;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Contents that were made of one state of a ledger. Safe for use by many threads. */
final class MadeContents {
  private static final int MOST = 200;
  private static final int MOST_BYTES_OF_ONE = 2 << 20;
  private static final int MOST_BYTES = 16 << 20;

  /** For so long after it was asked for the next states make a content ahead. */
  private static final Duration WATCHED = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;

  /** Those that were asked for last are at the end. */
  private final Map<Object, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private int bytes;

  /**
   * A content and how it is made.
   *
   * @param key what of: equal ones are alike
   * @param madeAt when, as {@link System#nanoTime} tells it
   * @param askedAt when somebody asked for it last
   */
  record Entry(Object key, Making making, Made made, long madeAt, long askedAt) {}

  /**
   * @param nanoTime tells how time goes by, as {@link System#nanoTime} does
   */
  MadeContents(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What was made for a key, for somebody who asks; empty if that was too long ago. */
  synchronized Optional<Made> find(Object key) {
    Entry known = entries.get(key);
    long now = nanoTime.getAsLong();
    if (known == null || now - known.madeAt() > LedgerView.PATIENCE.toNanos()) {
      return Optional.empty();
    }
    entries.put(key, new Entry(key, known.making(), known.made(), known.madeAt(), now));
    return Optional.of(known.made());
  }

  /** Keeps what was made for somebody who asks now. */
  void keep(Object key, Making making, Made made) {
    long now = nanoTime.getAsLong();
    keep(new Entry(key, making, made, now, now));
  }

  /** Keeps what was made ahead for those who asked for its predecessor. */
  void keepAhead(Entry before, Made made) {
    keep(new Entry(before.key(), before.making(), made, nanoTime.getAsLong(), before.askedAt()));
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

  /** What somebody looks at, asked for last things first. */
  synchronized List<Entry> watched() {
    long since = nanoTime.getAsLong() - WATCHED.toNanos();
    List<Entry> watched = new ArrayList<>(entries.values());
    watched.removeIf(each -> each.askedAt() - since < 0);
    return watched.reversed();
  }
}
