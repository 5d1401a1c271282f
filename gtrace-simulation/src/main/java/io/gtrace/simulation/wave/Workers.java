package io.gtrace.simulation.wave;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that share numbered pieces of work between them, each taking the next that is left. */
public final class Workers implements AutoCloseable {
  private final int threads;
  private final ExecutorService executor;

  /**
   * @param threads at least 1
   */
  public Workers(int threads) {
    this.threads = Math.max(1, threads);
    executor =
        Executors.newFixedThreadPool(
            this.threads,
            work -> {
              Thread thread = new Thread(work, "gtrace-wave");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Does the work of each number from 0 on and returns when all is done. */
  public void each(int count, IntConsumer work) {
    if (threads == 1) {
      for (int i = 0; i < count; i++) {
        work.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    Callable<Void> share =
        () -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            work.accept(i);
          }
          return null;
        };
    List<Callable<Void>> shares = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      shares.add(share);
    }
    try {
      for (var done : executor.invokeAll(shares)) {
        done.get();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the run was interrupted", stopped);
    } catch (ExecutionException failed) {
      // What is wrong with a study is told as it would be without threads.
      if (failed.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException("a part of the run failed", failed.getCause());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
