package io.gtrace.simulation.study;

import io.gtrace.simulation.document.DocumentException;

/** A study that cannot be used; the message says what is wrong, where, and what to do. */
public final class StudyException extends DocumentException {
  private static final long serialVersionUID = 1L;

  public StudyException(String message) {
    super(message);
  }
}
