package io.gtrace.mcp;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An output that knows how many of the questions asked have their line written. */
final class AnswerLines extends FilterOutputStream {
  /** No tool takes as long; questions that were taken back have no answer at all. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicInteger open = new AtomicInteger();
  private final CountDownLatch allAnswered = new CountDownLatch(1);
  private volatile boolean asking = true;

  AnswerLines(OutputStream out) {
    super(out);
  }

  /** Another line will be written. */
  void asked() {
    open.incrementAndGet();
  }

  /** Waits for the lines of all questions, of which there will be no more. */
  void awaitAll() throws InterruptedException {
    asking = false;
    settle();
    allAnswered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void settle() {
    if (!asking && open.get() <= 0) {
      allAnswered.countDown();
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        out.flush();
        open.decrementAndGet();
        settle();
      }
    }
  }
}
