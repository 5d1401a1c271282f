package io.gtrace.server.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Ends a connection with the answer to a request whose body nobody has read. To read on to its end,
 * as a connection that stays open must, would let anybody keep one for ever; what comes after this
 * answer is no request, so that the connection is idle and closed as such.
 */
public final class UnreadBodies implements Filter {
  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response.beforeSend(() -> {
      if (request.content().hasEntity() && !request.content().consumed()) {
        response.header(HeaderValues.CONNECTION_CLOSE);
      }
    });
    chain.proceed();
  }
}
