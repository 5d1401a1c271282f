package io.gtrace.factor;

import io.gtrace.factor.FactorTable.Entry;
import io.gtrace.factor.FactorTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the rows of a file by their names; a row is read when it is first asked for. */
final class RowIndex<T> {
  private final NameIndex<Entry<T>> byName;
  private final List<Entry<T>> entries;

  /**
   * @param idOf the name of a row; no other row's alias hides it
   * @param aliasFields the fields with its other names; the first row with an alias has it
   */
  RowIndex(List<Entry<T>> entries, Function<Row, String> idOf, List<String> aliasFields) {
    this.entries = entries;
    byName =
        new NameIndex<>(
            entries, entry -> idOf.apply(entry.row()), entry -> aliases(entry.row(), aliasFields));
  }

  private static List<String> aliases(Row row, List<String> aliasFields) {
    List<String> aliases = new ArrayList<>();
    for (String field : aliasFields) {
      aliases.addAll(row.list(field));
    }
    return aliases;
  }

  /** The row of that name. */
  Optional<T> find(String name) {
    return byName.find(name).map(Entry::get);
  }

  /** The ids of at most three rows whose names look most like that one. */
  List<String> nearest(String name) {
    return byName.nearest(name);
  }

  /** All rows, in their order. */
  List<T> all() {
    return entries.stream().map(Entry::get).toList();
  }
}
