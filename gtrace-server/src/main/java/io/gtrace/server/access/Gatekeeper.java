package io.gtrace.server.access;

import io.gtrace.server.http.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets in who may. */
public final class Gatekeeper implements Filter {
  private static final String BEARER = "Bearer ";

  private final List<Access> accesses;
  private final Supplier<Optional<Caller>> anonymous;

  /**
   * @param accesses each for a kind of token
   * @param anonymous who somebody is that shows nothing; empty for nobody
   */
  public Gatekeeper(List<Access> accesses, Supplier<Optional<Caller>> anonymous) {
    this.accesses = List.copyOf(accesses);
    this.anonymous = anonymous;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    request.context().register(visit(request.headers().first(HeaderNames.AUTHORIZATION)));
    chain.proceed();
  }

  private Visit visit(Optional<String> authorization) {
    return authorization
        .map(this::shown)
        .orElseGet(() -> new Visit(anonymous.get(), Optional.empty()));
  }

  private Visit shown(String authorization) {
    try {
      return admission(authorization)
          .flatMap(Admission::caller)
          .map(Visit::of)
          .orElseGet(() ->
              Visit.refused(
                  Problem.of(
                      Status.UNAUTHORIZED_401,
                      "this token opens nothing: it is unknown, revoked or expired")));
    } catch (Problem cannotTell) {
      return Visit.refused(cannotTell);
    }
  }

  private Optional<Admission> admission(String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Problem.of(
          Status.UNAUTHORIZED_401, "only tokens are known here: Authorization: Bearer TOKEN");
    }
    String bearer = authorization.substring(BEARER.length()).strip();
    return accesses.stream().flatMap(each -> each.admit(bearer).stream()).findFirst();
  }

  /** A handler for those who may do something; others are told that they may not. */
  public static Handler requiring(Scope scope, CallerHandler handler) {
    return (request, response) ->
        handler.handle(Visit.of(request).require(scope), request, response);
  }
}
