package io.gtrace.server.access;

import io.gtrace.server.http.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets in who may. */
public final class Gatekeeper implements Filter {
  private static final String BEARER = "Bearer ";

  private final List<Access> accesses;
  private final Supplier<Optional<Stranger>> strangers;
  private final Limits limits;

  /**
   * @param accesses each for a kind of token
   * @param strangers who somebody is taken for that shows nothing; empty for nobody
   * @param limits how much each may do
   */
  public Gatekeeper(List<Access> accesses, Supplier<Optional<Stranger>> strangers, Limits limits) {
    this.accesses = List.copyOf(accesses);
    this.strangers = strangers;
    this.limits = limits;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    request
        .context()
        .register(
            request
                .headers()
                .first(HeaderNames.AUTHORIZATION)
                .map(shown -> shown(shown, request))
                .orElseGet(() -> nothingShown(request)));
    chain.proceed();
  }

  private Visit nothingShown(ServerRequest request) {
    Optional<Stranger> stranger = strangers.get();
    stranger.flatMap(Stranger::names).ifPresent(names -> names.require(request));
    SameOrigin.require(request);
    if (stranger.filter(each -> each.names().isEmpty()).isPresent()) {
      limits.ofReader(Address.network(request)).ifPresent(Gatekeeper::refuse);
    }
    return new Visit(stranger.map(Stranger::caller), Optional.empty());
  }

  private Visit shown(String authorization, ServerRequest request) {
    try {
      return admission(authorization)
          .flatMap(Admission::caller)
          .map(this::known)
          .orElseGet(() -> unknown(request));
    } catch (Problem cannotTell) {
      return Visit.refused(cannotTell);
    }
  }

  private Visit known(Caller caller) {
    limits.ofCaller(caller).ifPresent(Gatekeeper::refuse);
    return Visit.of(caller);
  }

  private Visit unknown(ServerRequest request) {
    return Visit.refused(
        limits
            .ofFailure(Address.network(request))
            .orElseGet(() ->
                Problem.of(
                    Status.UNAUTHORIZED_401,
                    "this token opens nothing: it is unknown, revoked or expired")));
  }

  private static void refuse(Problem problem) {
    throw problem;
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
