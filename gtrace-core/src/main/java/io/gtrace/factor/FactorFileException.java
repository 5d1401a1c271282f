package io.gtrace.factor;

/** A factor file that cannot be used; the message names file, line and field. */
public final class FactorFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public FactorFileException(String message) {
    super(message);
  }
}
