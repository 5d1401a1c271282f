package io.gtrace.governance.facts;

/** Something is needed that is not known; the message says what, and what to do. */
public final class UnknownFactException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public UnknownFactException(String message) {
    super(message);
  }
}
