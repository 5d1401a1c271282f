package io.gtrace.server.http;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Hangs up on who sends the headers of a request too slowly. A limit on single reads would not do:
 * a byte now and then keeps a connection for ever.
 */
public final class Patience implements Http1ConnectionListener, AutoCloseable {
  private final Map<ConnectionContext, Long> begun = new ConcurrentHashMap<>();
  private final long mostNanos;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("patience").unstarted(task));

  /**
   * @param most from the first line of a request to the end of its headers; more than 0
   */
  public Patience(Duration most) {
    mostNanos = most.toNanos();
    long every = Math.max(1, mostNanos / 4);
    var _ = watch.scheduleWithFixedDelay(this::hangUp, every, every, TimeUnit.NANOSECONDS);
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    begun.put(connection, System.nanoTime());
  }

  @Override
  public void headers(ConnectionContext connection, Headers headers) {
    begun.remove(connection);
  }

  private void hangUp() {
    long now = System.nanoTime();
    begun.forEach((connection, since) -> {
      if (now - since > mostNanos && begun.remove(connection, since)) {
        connection.serverSocket().close();
      }
    });
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
