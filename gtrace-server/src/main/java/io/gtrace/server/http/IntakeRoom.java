package io.gtrace.server.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;

/**
 * Room in memory for all bodies that are being taken in at one moment. What does not fit is turned
 * away until there is room again, rather than let memory grow. Safe for use by many threads.
 */
public final class IntakeRoom {
  private static final Duration UNTIL_FREE = Duration.ofSeconds(1);

  private final AtomicLong free;
  private final Duration longest;

  /**
   * @param bytes that bodies may have together, unpacked
   * @param longest that one may take to come
   */
  public IntakeRoom(long bytes, Duration longest) {
    free = new AtomicLong(bytes);
    this.longest = longest;
  }

  /** An eighth of the memory that the process may have. */
  public static IntakeRoom ofThisProcess(Duration longest) {
    return new IntakeRoom(Runtime.getRuntime().maxMemory() / 8, longest);
  }

  /**
   * Takes the body of a request.
   *
   * @param mostBytes it may have, unpacked
   * @param taker is told of the body, and tells of bytes that it needs beside it before it has them
   * @throws Problem if it is larger, broken off, or there is no room
   */
  public <T> T with(
      ServerRequest request, int mostBytes, BiFunction<byte[], IntConsumer, T> taker) {
    try (Place place = new Place()) {
      return taker.apply(Body.of(request, mostBytes, longest, place::grow), place::grow);
    }
  }

  /** A place for a body that comes bit by bit. */
  public Place place() {
    return new Place();
  }

  /** What one body has of the room. Safe for use by many threads. */
  public final class Place implements AutoCloseable {
    private long taken;
    private boolean closed;

    private Place() {}

    /**
     * Takes more of it.
     *
     * @throws Problem if there is no room
     */
    public void grow(int bytes) {
      if (!take(bytes)) {
        throw Problem.passing(
            Status.SERVICE_UNAVAILABLE_503,
            "more comes at once than there is room for; send it again",
            UNTIL_FREE);
      }
    }

    private synchronized boolean take(int bytes) {
      if (closed) {
        return true;
      }
      taken += bytes;
      return free.addAndGet(-bytes) >= 0;
    }

    /** Gives some of it back. */
    public synchronized void shrink(int bytes) {
      if (!closed) {
        taken -= bytes;
        free.addAndGet(bytes);
      }
    }

    /** Gives all of it back. */
    @Override
    public synchronized void close() {
      closed = true;
      free.addAndGet(taken);
      taken = 0;
    }
  }
}
