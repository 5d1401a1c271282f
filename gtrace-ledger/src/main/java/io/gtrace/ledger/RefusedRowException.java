package io.gtrace.ledger;

/** A row that cannot be accounted, and why. */
final class RefusedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String reason;

  /**
   * @param field the column at fault; empty if it is the row as a whole
   */
  RefusedRowException(String field, String reason) {
    super(field.isEmpty() ? reason : field + ": " + reason, null, false, false);
    this.field = field;
    this.reason = reason;
  }

  RefusedRowException(UsageColumn column, String reason) {
    this(column.label(), reason);
  }

  String field() {
    return field;
  }

  String reason() {
    return reason;
  }
}
