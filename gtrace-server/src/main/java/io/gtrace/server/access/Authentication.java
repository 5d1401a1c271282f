package io.gtrace.server.access;

import io.gtrace.server.http.Problem;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** One request, as far as access goes. */
final class Authentication {
  private final Optional<Caller> caller;
  private final Optional<Problem> refusal;
  private boolean changes;

  /**
   * @param caller who calls; empty for nobody known
   * @param refusal why what was shown opens nothing; empty if nothing was shown
   */
  Authentication(Optional<Caller> caller, Optional<Problem> refusal) {
    this.caller = caller;
    this.refusal = refusal;
  }

  static Authentication of(Caller caller) {
    return new Authentication(Optional.of(caller), Optional.empty());
  }

  static Authentication refused(Problem refusal) {
    return new Authentication(Optional.empty(), Optional.of(refusal));
  }

  Optional<Caller> caller() {
    return caller;
  }

  /** Whether nothing was shown, and nobody is known without. */
  boolean isOfNobody() {
    return caller.isEmpty() && refusal.isEmpty();
  }

  /** Whether the caller may change something by it. */
  boolean changes() {
    return changes;
  }

  /**
   * @throws IllegalStateException if the gatekeeper does not stand before the route
   */
  static Authentication of(ServerRequest request) {
    return request
        .context()
        .get(Authentication.class)
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
    changes = scope == Scope.STUDY || scope == Scope.ADMIN;
    return known;
  }
}
