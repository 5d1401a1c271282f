package io.gtrace.ledger;

import java.util.EnumMap;
import java.util.Map;

/**
 * One row of a usage file as text.
 *
 * @param line line of the file, from 1; of a Parquet file the row, from 1
 * @param values what each column holds; columns that are absent or empty are not there
 * @param faults why what a column holds cannot be taken, which matters once somebody asks for it
 * @param growing whether it may come again, under the same request id, with larger amounts that
 *     take the place of these
 */
record UsageRow(
    long line, Map<UsageColumn, String> values, Map<UsageColumn, String> faults, boolean growing) {
  /** One that is what it is for good. */
  UsageRow(long line, Map<UsageColumn, String> values, Map<UsageColumn, String> faults) {
    this(line, values, faults, false);
  }

  /** This row as one that may come again with larger amounts. */
  UsageRow thatGrows() {
    return new UsageRow(line, values, faults, true);
  }

  /** The text of a column without surrounding blanks; empty where there is none. */
  String text(UsageColumn column) {
    return values.getOrDefault(column, "");
  }

  boolean has(UsageColumn column) {
    return values.containsKey(column);
  }

  /**
   * Whether a column that a figure depends on has a value.
   *
   * @throws RefusedRowException if it holds something that cannot be taken
   */
  boolean gives(UsageColumn column) throws RefusedRowException {
    String fault = faults.get(column);
    if (fault != null) {
      throw new RefusedRowException(column, fault);
    }
    return has(column);
  }

  /** This row with what a later one says of the same, which goes before where both say it. */
  UsageRow and(UsageRow later) {
    Map<UsageColumn, String> all = new EnumMap<>(UsageColumn.class);
    all.putAll(values);
    all.putAll(later.values);
    Map<UsageColumn, String> wrong = new EnumMap<>(UsageColumn.class);
    wrong.putAll(faults);
    wrong.putAll(later.faults);
    return new UsageRow(line, all, wrong, growing || later.growing);
  }

  /** Whether no amount of tokens stands in both. */
  boolean isDisjoint(UsageRow other) {
    return !(has(UsageColumn.INPUT_TOKENS) && other.has(UsageColumn.INPUT_TOKENS))
        && !(has(UsageColumn.OUTPUT_TOKENS) && other.has(UsageColumn.OUTPUT_TOKENS));
  }
}
