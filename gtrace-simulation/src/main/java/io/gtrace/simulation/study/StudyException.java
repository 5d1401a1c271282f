package io.gtrace.simulation.study;

/** A study that cannot be used; the message says what is wrong, where, and what to do. */
public final class StudyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StudyException(String message) {
    super(message);
  }
}
