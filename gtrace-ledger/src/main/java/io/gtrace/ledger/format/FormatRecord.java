package io.gtrace.ledger.format;

/** One record of a format. */
public final class FormatRecord {
  private final CompiledFormat format;
  private final FieldValues fields;

  FormatRecord(CompiledFormat format, FieldValues fields) {
    this.format = format;
    this.fields = fields;
  }

  /** The line at which it begins, from 1; of a table that is no text the row. */
  public long line() {
    return fields.line();
  }

  /** Whether it is usage. */
  public boolean isKept() {
    return format.keeps(fields);
  }

  /** Hands over what it holds for each column of usage. */
  public void columnsInto(ColumnValues values) {
    format.columns(fields, values);
  }
}
