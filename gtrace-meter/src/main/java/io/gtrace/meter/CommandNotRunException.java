package io.gtrace.meter;

/** A command could not be started; the message says why. */
public final class CommandNotRunException extends Exception {
  private static final long serialVersionUID = 1;

  /** What shells return for a command that may not be run. */
  static final int NOT_EXECUTABLE = 126;

  /** What shells return for a command that is not there. */
  static final int NOT_FOUND = 127;

  private final int exitCode;

  CommandNotRunException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What shells return then: 126 or 127. */
  public int exitCode() {
    return exitCode;
  }
}
