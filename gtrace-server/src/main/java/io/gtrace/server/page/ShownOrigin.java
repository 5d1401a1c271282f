package io.gtrace.server.page;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/** This server as somebody reaches it, perhaps through a proxy: for what they copy. */
final class ShownOrigin {
  private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");

  private ShownOrigin() {}

  /** As in {@code http://localhost:8080}; without a port where it is the usual one. */
  static String of(ServerRequest request) {
    boolean encrypted =
        request.isSecure()
            || request.headers().first(FORWARDED_PROTO).filter("https"::equals).isPresent();
    String host =
        request
            .headers()
            .first(HeaderNames.HOST)
            .orElseGet(() -> request.requestedUri().authority());
    return (encrypted ? "https://" : "http://") + host;
  }
}
