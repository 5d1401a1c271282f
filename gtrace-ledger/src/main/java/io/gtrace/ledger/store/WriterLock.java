package io.gtrace.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps other writers from a ledger. The system holds the lock for the process and lets go of it
 * when the process ends, however it ends, so no lock outlives its holder.
 */
final class WriterLock implements AutoCloseable {
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();
  private static final int MOST_BYTES = 200;

  /**
   * Locks of this process. The system keeps locks for a whole process and drops them when any of
   * its channels to the file is closed: who tried in vain in one thread would let go of the lock of
   * another. So a lock that is held here must be known without opening the file.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  /** Stands in the file while nobody writes, and nothing is left to tidy up. */
  private static final String IN_ORDER = "free";

  private final FileChannel channel;
  private final Path key;
  private final boolean wasLeftInOrder;

  private WriterLock(FileChannel channel, Path key, boolean wasLeftInOrder) {
    this.channel = channel;
    this.key = key;
    this.wasLeftInOrder = wasLeftInOrder;
  }

  /** Whether the writer before this one came to its end, and said so. */
  boolean wasLeftInOrder() {
    return wasLeftInOrder;
  }

  /** Tells the next writer that there is nothing to tidy up. */
  void leaveInOrder() throws IOException {
    write(channel, IN_ORDER);
  }

  /**
   * @param wait how long to wait for another writer to end
   * @param now written down for others who wait
   * @throws LedgerException if another writer holds it for longer; the message says who
   */
  static WriterLock take(Path file, Duration wait, Instant now) throws IOException {
    long deadline = deadline(wait);
    Path key = LedgerFiles.parent(file).toRealPath().resolve(file.getFileName());
    while (!HELD_HERE.add(key)) {
      pause(deadline, () -> "this process");
    }
    boolean taken = false;
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        while (channel.tryLock() == null) {
          pause(deadline, () -> holder(channel));
        }
        boolean inOrder = read(channel).equals(IN_ORDER);
        sign(channel, now);
        taken = true;
        return new WriterLock(channel, key, inOrder);
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    } finally {
      if (!taken) {
        HELD_HERE.remove(key);
      }
    }
  }

  /** Whether a writer is at work now; not if that cannot be told, as where nobody may write. */
  static boolean isHeld(Path file) {
    try {
      Path key = LedgerFiles.parent(file).toRealPath().resolve(file.getFileName());
      if (!HELD_HERE.add(key)) {
        return true;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        return channel.tryLock() == null;
      } finally {
        HELD_HERE.remove(key);
      }
    } catch (IOException noWriter) {
      return false;
    }
  }

  private static long deadline(Duration wait) {
    // Longer waits than this do not fit the clock, and nobody sees their end.
    Duration longest = Duration.ofDays(365);
    return System.nanoTime() + (wait.compareTo(longest) > 0 ? longest : wait).toNanos();
  }

  /** Names the holder of a lock. */
  private interface Holder {
    String name() throws IOException;
  }

  private static void pause(long deadline, Holder holder) throws IOException {
    if (System.nanoTime() - deadline >= 0) {
      throw new LedgerException(
          "the ledger is being written by " + holder.name() + "; try again when it is done");
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  /** What a killed writer leaves must be there for the next to see, after a power cut too. */
  private static void sign(FileChannel channel, Instant now) throws IOException {
    write(channel, "process " + ProcessHandle.current().pid() + " since " + now);
    channel.force(true);
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String holder(FileChannel channel) throws IOException {
    String text = read(channel);
    return text.isBlank() || text.equals(IN_ORDER) ? "another process" : text;
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MOST_BYTES);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_HERE.remove(key);
    }
  }
}
