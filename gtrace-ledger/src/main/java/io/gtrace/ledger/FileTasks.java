package io.gtrace.ledger;

import io.gtrace.ledger.store.BatchFiles;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Writes files of a batch, several at a time, while whoever starts them goes on. Not for sharing
 * between threads.
 */
final class FileTasks implements AutoCloseable {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /**
   * Some more than processors, where these are few: a file is not done before the disk says that it
   * will last. Never many: each that is being written takes memory.
   */
  private static final int THREADS = Math.min(8, PROCESSORS + 4);

  private final LedgerDatabase database;
  private final BatchFiles files;

  /** Whoever starts tasks has a processor, until nothing is left but to wait for them. */
  private final Semaphore processors = new Semaphore(Math.max(1, PROCESSORS - 1));

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final List<Future<SealedFile>> started = new ArrayList<>();

  FileTasks(LedgerDatabase database, BatchFiles files) {
    this.database = database;
    this.files = files;
  }

  /** Writes one file, over a connection of its own. */
  @FunctionalInterface
  interface FileTask {
    Written write(LedgerDatabase connection) throws SQLException;
  }

  /** What a file holds. */
  record Written(long rows, Map<String, Double> sums) {}

  void start(Content content, Path file, FileTask task) {
    started.add(
        threads.submit(() -> {
          Written written = inTurn(task);
          return files.lasting(content, file, written.rows(), written.sums());
        }));
  }

  private Written inTurn(FileTask task) throws SQLException, InterruptedException {
    processors.acquire();
    try (LedgerDatabase connection = database.again()) {
      return task.write(connection);
    } finally {
      processors.release();
    }
  }

  /** Waits for all files, once all are started; gives them in the order of the tasks. */
  List<SealedFile> finish() throws SQLException {
    processors.release();
    List<SealedFile> lasting = new ArrayList<>();
    for (Future<SealedFile> each : started) {
      lasting.add(done(each));
    }
    started.clear();
    return lasting;
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
