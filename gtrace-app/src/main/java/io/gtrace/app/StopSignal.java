package io.gtrace.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells work that the user wants it to stop (Ctrl-C, or a polite kill), and gives it the time to
 * put away what is done: the process ends when this is closed.
 */
final class StopSignal implements AutoCloseable {
  private static final long MOST_SECONDS = 120;

  private final CountDownLatch putAway = new CountDownLatch(1);
  private final Thread hook = new Thread(this::heard, "gtrace-stop");
  private volatile boolean given;

  private StopSignal() {}

  static StopSignal listening() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Whether the work should stop. */
  boolean given() {
    return given;
  }

  private void heard() {
    given = true;
    try {
      if (!putAway.await(MOST_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("gtrace: stopped before all was put away");
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    putAway.countDown();
    if (!given) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException endingAlready) {
        // Then the hook runs, and finds everything put away.
      }
    }
  }
}
