package io.gtrace.ledger;

import java.util.Map;

/**
 * One row of a usage file as text.
 *
 * @param line line of the file, from 1; of a Parquet file the row, from 1
 * @param values what each column holds; columns that are absent or empty are not there
 */
record UsageRow(long line, Map<UsageColumn, String> values) {

  /** The text of a column without surrounding blanks; empty where there is none. */
  String text(UsageColumn column) {
    return values.getOrDefault(column, "");
  }

  boolean has(UsageColumn column) {
    return values.containsKey(column);
  }
}
