package io.gtrace.ledger.store;

import java.io.Serial;

/** A ledger that cannot be used as it is; the message says why and what to do. */
public final class LedgerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public LedgerException(String message) {
    super(message);
  }

  public LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
