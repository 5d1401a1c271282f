package io.gtrace.ledger;

import java.util.EnumSet;
import java.util.Set;

/** A row that cannot be accounted, and why. */
final class RefusedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String reason;
  private final transient Set<UsageColumn> missing;

  /**
   * @param field the column at fault; empty if it is the row as a whole
   */
  RefusedRowException(String field, String reason) {
    this(field, reason, Set.of());
  }

  private RefusedRowException(String field, String reason, Set<UsageColumn> missing) {
    super(field.isEmpty() ? reason : field + ": " + reason, null, false, false);
    this.field = field;
    this.reason = reason;
    this.missing = missing;
  }

  /**
   * For a row that says too little.
   *
   * @param others columns beside the one at fault each of which would have done
   */
  static RefusedRowException missing(UsageColumn column, String reason, UsageColumn... others) {
    return new RefusedRowException(column.label(), reason, EnumSet.of(column, others));
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

  /** The columns each of which would have done; empty if it is no matter of a missing one. */
  Set<UsageColumn> missing() {
    return missing;
  }
}
