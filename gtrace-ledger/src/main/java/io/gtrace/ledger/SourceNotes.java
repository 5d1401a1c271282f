package io.gtrace.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What people must know about the sources that were read. A folder may hold thousands of files of
 * which the same is to be said: it is said once, for the first of them and the number of the
 * others.
 */
final class SourceNotes {
  private static final int MOST_NAMED = 3;

  private final Map<String, About> abouts = new LinkedHashMap<>();

  private static final class About {
    private final Map<String, Long> recordsBySource = new LinkedHashMap<>();
    private boolean counts;
  }

  /** Something to know about a source; saying it twice says nothing more. */
  void add(String source, String note) {
    abouts.computeIfAbsent(note, each -> new About()).recordsBySource.putIfAbsent(source, 0L);
  }

  /**
   * Something to know about some records of a source.
   *
   * @param what as in {@code there again}, after the number and {@code records are}
   */
  void add(String source, long records, String what) {
    About about = abouts.computeIfAbsent(what, each -> new About());
    about.counts = true;
    about.recordsBySource.merge(source, records, Long::sum);
  }

  /** All of it, in words, each a line. */
  Set<String> inWords() {
    Set<String> lines = new LinkedHashSet<>();
    abouts.forEach((what, about) -> {
      List<String> sources = new ArrayList<>(about.recordsBySource.keySet());
      if (sources.size() <= MOST_NAMED) {
        about.recordsBySource.forEach((source, records) ->
            lines.add(source + ": " + (about.counts ? inWords(records, what) : what)));
      } else {
        long records = about.recordsBySource.values().stream().mapToLong(Long::longValue).sum();
        lines.add(
            String.format(
                Locale.ROOT,
                "%s and %,d other files: %s",
                sources.get(0),
                sources.size() - 1,
                about.counts ? inWords(records, what) : what));
      }
    });
    return lines;
  }

  static String inWords(long records, String what) {
    return String.format(
        Locale.ROOT, "%,d %s %s", records, records == 1 ? "record is" : "records are", what);
  }
}
