package io.gtrace.simulation.document;

/**
 * A file that somebody wrote and that cannot be used; the message says what is wrong, where, and
 * what to do.
 */
public class DocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DocumentException(String message) {
    super(message);
  }
}
