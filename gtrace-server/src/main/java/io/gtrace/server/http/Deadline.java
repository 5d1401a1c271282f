package io.gtrace.server.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a wait of this thread for the other side, which may keep it waiting for as long as it likes:
 * the thread is interrupted, by which its connection is closed.
 */
final class Deadline implements AutoCloseable {
  private final Thread waiting = Thread.currentThread();
  private final CompletableFuture<Boolean> end;
  private boolean over;

  Deadline(Duration longest) {
    end = new CompletableFuture<Boolean>().orTimeout(longest.toNanos(), TimeUnit.NANOSECONDS);
    CompletableFuture<Boolean> _ =
        end.whenComplete((done, timeout) -> {
          if (timeout != null) {
            interrupt();
          }
        });
  }

  private synchronized void interrupt() {
    if (!over) {
      waiting.interrupt();
    }
  }

  /** From now on the thread is not interrupted. */
  @Override
  public void close() {
    synchronized (this) {
      over = true;
    }
    end.complete(true);
  }
}
