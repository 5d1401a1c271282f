package io.gtrace.ledger;

import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.SealedFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Writes files of a batch, several at a time. */
final class FileTasks {
  private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private FileTasks() {}

  /** Writes one file, over a connection of its own. */
  @FunctionalInterface
  interface FileTask {
    SealedFile write(LedgerDatabase connection) throws SQLException;
  }

  /**
   * Writes all files.
   *
   * @return them in the order of the tasks
   */
  static List<SealedFile> run(LedgerDatabase database, List<FileTask> tasks) throws SQLException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<SealedFile>> written = new ArrayList<>();
      for (FileTask task : tasks) {
        written.add(
            threads.submit(() -> {
              try (LedgerDatabase connection = database.again()) {
                return task.write(connection);
              }
            }));
      }
      List<SealedFile> files = new ArrayList<>();
      for (Future<SealedFile> each : written) {
        files.add(done(each));
      }
      return files;
    } finally {
      end(threads);
    }
  }

  /** Whoever removes the files of a batch that failed must not meet one in the making. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static SealedFile done(Future<SealedFile> written) throws SQLException {
    try {
      return written.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof SQLException cause) {
        throw cause;
      }
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }
}
