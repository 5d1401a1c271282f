package io.gtrace.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or the word of the system to end. The process ends when the command does, with its exit
 * code, or after a while.
 */
final class Interruption implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final Thread hook = new Thread(this::comes, "interruption");

  private Interruption() {}

  /** Takes notice of it from now on. */
  static Interruption watched() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void comes() {
    asked.countDown();
    try {
      // The main thread ends the process.
      Thread.sleep(PATIENCE);
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
