package io.gtrace.ledger.store;

import java.io.Serial;
import java.sql.SQLException;

/** A ledger that cannot be used as it is; the message says why and what to do. */
public final class LedgerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public LedgerException(String message) {
    super(message);
  }

  public LedgerException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Somebody removed from the ledger what was being read. */
  public static LedgerException changedMeanwhile(SQLException failed) {
    return new LedgerException(
        "the ledger was changed while it was read, as when events are forgotten; ask again",
        failed);
  }

  /** Files of the ledger are not what the database takes. */
  public static LedgerException unreadable(SQLException failed) {
    return new LedgerException(
        "the ledger cannot be read: "
            + LedgerDatabase.reason(failed)
            + "; gtrace ledger verify says what is wrong with it",
        failed);
  }
}
