package io.gtrace.ledger;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the usage columns among the names of a header. */
final class UsageHeader {
  private UsageHeader() {}

  /**
   * For each name the column that it means, where it means one; the rest is told. An amount may be
   * there under several names, of the others the first is read.
   *
   * @throws UsageException if the file cannot be usage
   */
  static List<Optional<UsageColumn>> read(
      UsageSource source, long line, List<String> names, RowSink sink) {
    List<Optional<UsageColumn>> columns = new ArrayList<>();
    Set<UsageColumn> seen = EnumSet.noneOf(UsageColumn.class);
    List<String> unknown = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    for (String name : names) {
      Optional<UsageColumn> column = UsageColumn.named(name);
      if (column.isEmpty()) {
        unknown.add(name);
      } else if (!seen.add(column.get()) && !column.get().isAmount()) {
        twice.add("'" + Excerpt.of(name) + "' (" + column.get().label() + " is there already)");
        column = Optional.empty();
      }
      columns.add(column);
    }
    UnknownNames unknownNames = new UnknownNames(unknown, seen);
    boolean named =
        seen.contains(UsageColumn.MODEL)
            || seen.contains(UsageColumn.ACCELERATOR)
            || source.defaults().containsKey(UsageColumn.MODEL);
    if (!named) {
      throw new UsageException(
          source.name()
              + ", line "
              + line
              + ": there is no column 'model'"
              + (unknownNames.isEmpty() ? "" : "; not known are " + unknownNames.listed())
              + "; known are "
              + UsageColumn.labels()
              + "; where all rows are of one model, name it with --model");
    }
    sink.unknown(unknownNames);
    if (!twice.isEmpty()) {
      sink.note("columns not read: " + String.join(", ", twice));
    }
    return columns;
  }
}
