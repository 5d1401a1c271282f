package io.gtrace.server.api;

import io.gtrace.server.access.CallerHandler;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Problem;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;

/** Answers that tell of a whole organisation: not for those who see one team of it. */
final class WholeOrganisation {
  private WholeOrganisation() {}

  /** A handler for callers who have a scope, see all teams and how the ledger is kept. */
  static Handler operation(Scope scope, CallerHandler handler) {
    return only(
        scope,
        (caller, request, response) -> {
          if (!caller.seesOperation()) {
            throw Problem.of(
                Status.FORBIDDEN_403,
                "how the ledger is kept is shown to those who show a token; its figures are open");
          }
          handler.handle(caller, request, response);
        });
  }

  /** A handler for callers who have a scope and see all teams. */
  static Handler only(Scope scope, CallerHandler handler) {
    return Gatekeeper.requiring(
        scope,
        (caller, request, response) -> {
          caller
              .team()
              .ifPresent(team -> {
                throw Problem.of(
                    Status.FORBIDDEN_403,
                    "this tells of the whole organisation, and this token opens the figures of team '"
                        + team
                        + "' only");
              });
          handler.handle(caller, request, response);
        });
  }
}
