package io.gtrace.ledger.trend;

/** A file of trends or anchors that cannot be used; the message says which, where and why. */
public final class TrendFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  TrendFileException(String message) {
    super(message);
  }

  TrendFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
