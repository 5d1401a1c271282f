package io.gtrace.ledger;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Finds the usage columns among the names of a header. */
final class UsageHeader {
  private static final double ALIKE = 0.85;

  private UsageHeader() {}

  /**
   * For each name the column that it means, where it means one; the rest is noted.
   *
   * @throws UsageException if the file cannot be usage
   */
  static List<Optional<UsageColumn>> read(
      UsageSource source, long line, List<String> names, RowSink sink) {
    List<Optional<UsageColumn>> columns = new ArrayList<>();
    Set<UsageColumn> seen = EnumSet.noneOf(UsageColumn.class);
    List<String> unread = new ArrayList<>();
    for (String name : names) {
      Optional<UsageColumn> column = UsageColumn.named(name).filter(seen::add);
      if (column.isEmpty()) {
        unread.add("'" + Excerpt.of(name) + "'" + suggestion(name, seen));
      }
      columns.add(column);
    }
    boolean named =
        seen.contains(UsageColumn.MODEL)
            || seen.contains(UsageColumn.ACCELERATOR)
            || source.defaults().containsKey(UsageColumn.MODEL);
    if (!named) {
      throw new UsageException(
          source.name()
              + ", line "
              + line
              + ": there is no column 'model'; found "
              + String.join(", ", names.stream().limit(20).map(Excerpt::of).toList())
              + "; known are "
              + UsageColumn.labels()
              + "; where all rows are of one model, name it with --model");
    }
    if (!unread.isEmpty()) {
      sink.note("columns not read: " + String.join(", ", unread));
    }
    return columns;
  }

  private static String suggestion(String name, Set<UsageColumn> seen) {
    if (UsageColumn.named(name).isPresent()) {
      return " (there twice)";
    }
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    String lower = name.strip().toLowerCase(Locale.ROOT);
    String best = "";
    double most = ALIKE;
    for (UsageColumn column : UsageColumn.values()) {
      double alike = similarity.apply(lower, column.label());
      if (alike > most && !seen.contains(column)) {
        most = alike;
        best = " (did you mean " + column.label() + "?)";
      }
    }
    return best;
  }
}
