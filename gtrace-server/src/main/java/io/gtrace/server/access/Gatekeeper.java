package io.gtrace.server.access;

import io.gtrace.server.http.Problem;
import io.helidon.common.context.Context;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** Lets in who may. */
public final class Gatekeeper implements Filter {
  private static final String BEARER = "Bearer ";

  private final Access access;

  public Gatekeeper(Access access) {
    this.access = access;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    Optional<String> bearer =
        request
            .headers()
            .first(HeaderNames.AUTHORIZATION)
            .filter(header -> header.startsWith(BEARER))
            .map(header -> header.substring(BEARER.length()).strip());
    access.caller(bearer).ifPresent(caller -> register(request.context(), caller));
    chain.proceed();
  }

  private static void register(Context context, Caller caller) {
    context.register(caller);
  }

  /** A handler for those who may do something; others are told that they may not. */
  public static Handler requiring(Scope scope, CallerHandler handler) {
    return (request, response) -> handler.handle(require(request, scope), request, response);
  }

  private static Caller require(ServerRequest request, Scope scope) {
    Caller caller =
        request
            .context()
            .get(Caller.class)
            .orElseThrow(() ->
                Problem.of(
                    Status.UNAUTHORIZED_401,
                    "show a token: Authorization: Bearer TOKEN (gtrace token makes one)"));
    if (!caller.may(scope)) {
      throw Problem.of(Status.FORBIDDEN_403, "this token lacks the scope '" + scope.label() + "'");
    }
    return caller;
  }
}
