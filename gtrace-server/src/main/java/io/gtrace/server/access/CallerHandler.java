package io.gtrace.server.access;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Answers a known caller. */
@FunctionalInterface
public interface CallerHandler {
  /** Answers; what it throws is answered as a fault. */
  void handle(Caller caller, ServerRequest request, ServerResponse response) throws Exception;
}
