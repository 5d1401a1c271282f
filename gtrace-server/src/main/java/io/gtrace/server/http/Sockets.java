package io.gtrace.server.http;

import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.ListenerConfig;
import java.time.Duration;

/**
 * Bounds on what connections may cost, so that those of some never shut out all others for long.
 *
 * @param mostConnections at one moment to a socket; further ones wait until some of these have
 *     ended, but those to the one of gRPC are closed
 * @param body how long the body of a request may take to come
 * @param idle how long a connection may stay open without a request
 * @param look how often idle ones are looked for
 */
public record Sockets(int mostConnections, Duration body, Duration idle, Duration look) {
  /** Enough for every process of a large organisation to keep one open. */
  public static final Sockets STANDARD =
      new Sockets(16_384, Body.LONGEST, Duration.ofMinutes(2), Duration.ofSeconds(30));

  /** Sets the bounds of a socket. */
  public void bound(ListenerConfig.BuilderBase<?, ?> socket) {
    socket
        .maxTcpConnections(mostConnections)
        // The end of an answer of several packets must not wait until its first are acknowledged,
        // which the other side may put off by 40 ms.
        .connectionOptions(options -> options.tcpNoDelay(true))
        .contentEncoding(
            ContentEncodingContext.builder()
                .contentEncodingsDiscoverServices(false)
                .addContentEncoding(new PackedBodies())
                .build())
        .idleConnectionTimeout(idle)
        .idleConnectionPeriod(look);
  }
}
