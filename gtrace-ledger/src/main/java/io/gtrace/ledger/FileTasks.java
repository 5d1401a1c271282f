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

/**
 * Writes files of a batch, several at a time, while whoever starts them goes on. Not for sharing
 * between threads.
 */
final class FileTasks implements AutoCloseable {
  /** More than processors: a file is not done before the disk says that it will last. */
  private static final int THREADS = Math.min(8, Runtime.getRuntime().availableProcessors() + 4);

  private final LedgerDatabase database;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final List<Future<SealedFile>> started = new ArrayList<>();

  FileTasks(LedgerDatabase database) {
    this.database = database;
  }

  /** Writes one file, over a connection of its own. */
  @FunctionalInterface
  interface FileTask {
    SealedFile write(LedgerDatabase connection) throws SQLException;
  }

  void start(FileTask task) {
    started.add(
        threads.submit(() -> {
          try (LedgerDatabase connection = database.again()) {
            return task.write(connection);
          }
        }));
  }

  /** Waits for all files; gives them in the order of the tasks. */
  List<SealedFile> finish() throws SQLException {
    List<SealedFile> files = new ArrayList<>();
    for (Future<SealedFile> each : started) {
      files.add(done(each));
    }
    started.clear();
    return files;
  }

  /** Whoever removes the files of a batch that failed must not meet one in the making. */
  @Override
  public void close() {
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
