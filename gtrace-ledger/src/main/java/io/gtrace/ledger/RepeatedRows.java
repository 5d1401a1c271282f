package io.gtrace.ledger;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows of which later ones replace earlier ones with the same request id: a log that writes a call
 * anew while it goes on, or a sum that only grows. A row waits until many others have come after
 * it. One that comes again only then is handed on to whoever lets it take the place of the first,
 * and else dropped, so that no call is ever counted twice.
 */
final class RepeatedRows {
  static final int MOST_WAITING = 10_000;

  /** Beyond so many calls in one file, repeats that are far apart are not found any more. */
  private static final int MOST_REMEMBERED = 1_000_000;

  private final RowSink sink;
  private final boolean joined;
  private final Map<String, UsageRow> waiting = new LinkedHashMap<>();
  private final Set<String> handedOut = new HashSet<>();

  /** What later rows may only add to. */
  private final Map<String, UsageRow> lately =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UsageRow> eldest) {
          return size() > MOST_WAITING;
        }
      };

  private final Set<String> unsettled = new HashSet<>();
  private long replaced;
  private long late;

  /**
   * @param joined whether a later row only adds to the earlier one
   */
  RepeatedRows(RowSink sink, boolean joined) {
    this.sink = sink;
    this.joined = joined;
  }

  void add(UsageRow row) {
    if (!row.has(UsageColumn.REQUEST_ID)) {
      sink.row(row);
      return;
    }
    String id = row.text(UsageColumn.REQUEST_ID);
    UsageRow earlier = waiting.get(id);
    if (earlier == null && handedOut.contains(id)) {
      late++;
      return;
    }
    if (earlier == null) {
      earlier = lately.remove(id);
    }
    waiting.put(id, earlier != null && joined ? earlier.and(row) : row);
    if (earlier != null && !(joined && earlier.isDisjoint(row))) {
      replaced++;
    }
    unsettled.add(id);
    if (waiting.size() > MOST_WAITING) {
      Iterator<Map.Entry<String, UsageRow>> oldest = waiting.entrySet().iterator();
      Map.Entry<String, UsageRow> first = oldest.next();
      oldest.remove();
      handOut(first.getKey(), first.getValue());
    }
  }

  private void handOut(String id, UsageRow row) {
    unsettled.remove(id);
    if (!sink.takesRevisions() && handedOut.size() < MOST_REMEMBERED) {
      handedOut.add(id);
    } else if (sink.takesRevisions() && joined) {
      lately.put(id, row);
    }
    sink.row(row);
  }

  /** Hands out what has not been there again since this was called last. */
  void handOutSettled() {
    List<String> settled = waiting.keySet().stream().filter(id -> !unsettled.contains(id)).toList();
    for (String id : settled) {
      UsageRow row = waiting.remove(id);
      if (row != null) {
        handOut(id, row);
      }
    }
    unsettled.clear();
  }

  /** Hands out what waits. */
  void finish() {
    waiting.values().forEach(sink::row);
    waiting.clear();
  }

  /** How many rows were dropped since they came again too late. */
  long late() {
    return late;
  }

  /** How many rows a later one stands for. */
  long replaced() {
    return replaced;
  }
}
