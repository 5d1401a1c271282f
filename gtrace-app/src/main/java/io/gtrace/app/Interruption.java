package io.gtrace.app;

import io.gtrace.meter.SignalHandlers;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or the word of the system to end. The process ends when the command does, with its exit
 * code; at once when it is told so again; or after a while. Then its exit code is 128 and the
 * number of the signal, as of any process that a signal ends.
 */
final class Interruption implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SIGNALLED = 128;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final Thread hook = new Thread(this::comes, "interruption");
  private final PrintWriter err;

  private Interruption(PrintWriter err) {
    this.err = err;
  }

  /**
   * Takes notice of it from now on.
   *
   * @param err is told when the command is not waited for any longer
   */
  static Interruption watched(PrintWriter err) {
    Interruption interruption = new Interruption(err);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void comes() {
    var _ =
        SignalHandlers.of(
            List.of("INT", "TERM"),
            (name, number) -> Runtime.getRuntime().halt(SIGNALLED + number));
    asked.countDown();
    try {
      // The main thread ends the process.
      Thread.sleep(PATIENCE);
      err.println("gtrace: not done after " + PATIENCE.toSeconds() + " s, and ended all the same");
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for it.
   *
   * @return whether it has not come
   */
  boolean isAwayFor(Duration time) {
    try {
      return !asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException itHasCome) {
      // Then the process is ending.
    }
  }

  /** Ends the process, also where it was interrupted already. */
  static void exit(int exitCode) {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread());
    } catch (IllegalStateException interrupted) {
      Runtime.getRuntime().halt(exitCode);
    }
    System.exit(exitCode);
  }
}
