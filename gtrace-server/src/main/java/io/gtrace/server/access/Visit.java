package io.gtrace.server.access;

import io.gtrace.server.http.Problem;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/**
 * One request, as far as access goes.
 *
 * @param caller who calls; empty for nobody known
 * @param refusal why what was shown opens nothing; empty if nothing was shown
 */
record Visit(Optional<Caller> caller, Optional<Problem> refusal) {
  static Visit of(Caller caller) {
    return new Visit(Optional.of(caller), Optional.empty());
  }

  static Visit refused(Problem refusal) {
    return new Visit(Optional.empty(), Optional.of(refusal));
  }

  /**
   * @throws IllegalStateException if the gatekeeper does not stand before the route
   */
  static Visit of(ServerRequest request) {
    return request
        .context()
        .get(Visit.class)
        .orElseThrow(() -> new IllegalStateException("a route without a gatekeeper"));
  }

  /**
   * The caller, if they may do something.
   *
   * @throws Problem if not
   */
  Caller require(Scope scope) {
    Caller known =
        caller.orElseThrow(() ->
            refusal.orElseGet(() ->
                Problem.of(
                    Status.UNAUTHORIZED_401,
                    "show a token: Authorization: Bearer TOKEN (gtrace token create makes one)")));
    if (!known.may(scope)) {
      throw Problem.of(
          Status.FORBIDDEN_403,
          known.name() + " lacks the scope '" + scope.label() + "', which this takes");
    }
    return known;
  }
}
