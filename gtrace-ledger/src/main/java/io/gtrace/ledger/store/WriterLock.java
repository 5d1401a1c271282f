package io.gtrace.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other writers from a ledger. The system holds the lock for the process and lets go of it
 * when the process ends, however it ends, so no lock outlives its holder.
 */
final class WriterLock implements AutoCloseable {
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();
  private static final int MOST_BYTES = 200;

  private final FileChannel channel;

  private WriterLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @param wait how long to wait for another writer to end
   * @param now written down for others who wait
   * @throws LedgerException if another writer holds it for longer; the message says who
   */
  static WriterLock take(Path file, Duration wait, Instant now) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      long deadline = System.nanoTime() + wait.toNanos();
      while (tried(channel) == null) {
        if (System.nanoTime() >= deadline) {
          throw new LedgerException(
              "the ledger is being written by " + holder(channel) + "; try again when it is done");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      sign(channel, now);
      taken = true;
      return new WriterLock(channel);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tried(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static void sign(FileChannel channel, Instant now) throws IOException {
    String who = "process " + ProcessHandle.current().pid() + " since " + now;
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(who.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer who = ByteBuffer.allocate(MOST_BYTES);
    channel.read(who, 0);
    String text = new String(who.array(), 0, who.position(), StandardCharsets.UTF_8);
    return text.isBlank() ? "another process" : text;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
