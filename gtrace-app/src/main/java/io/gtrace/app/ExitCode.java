package io.gtrace.app;

/** What the process returns; a contract for scripts. */
final class ExitCode {
  static final int DONE = 0;
  static final int WRONG_USAGE = 2;

  /** Done, but some input was refused; the quarantine file holds it. */
  static final int SOME_REFUSED = 3;

  /** A model, place or device is not known. */
  static final int UNKNOWN_NAME = 4;

  /** The ledger is locked, damaged or not there. */
  static final int LEDGER = 5;

  /** A gate stays closed: something that was asked for does not hold. */
  static final int GATE = 6;

  /** Our own fault. */
  static final int INTERNAL = 70;

  /**
   * A file or the standard output could not be written: no space, no permission, no such folder.
   */
  static final int MACHINE = 74;

  private ExitCode() {}
}
