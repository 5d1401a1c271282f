package io.gtrace.ledger.query;

/** An answer would have more lines than whoever asks wants. */
public final class TooManyLinesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyLinesException(long most) {
    super("the answer would have more than " + most + " lines");
  }
}
