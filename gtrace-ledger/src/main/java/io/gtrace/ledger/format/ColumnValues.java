package io.gtrace.ledger.format;

import io.gtrace.ledger.UsageColumn;

/** Takes what a record holds for the columns of usage. */
public interface ColumnValues {
  /** Takes a value; a blank one says nothing. */
  void put(UsageColumn column, String value);

  /** Says why a column has no value that can be taken. */
  void fault(UsageColumn column, String reason);
}
