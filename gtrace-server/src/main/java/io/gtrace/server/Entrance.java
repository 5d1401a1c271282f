package io.gtrace.server;

import io.gtrace.server.access.Access;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.http.Faults;
import io.gtrace.server.oidc.OidcAccess;
import io.gtrace.server.token.TokenAccess;
import io.gtrace.server.token.TokenFile;
import io.helidon.webserver.http.HttpRouting;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way into a server, the same at every socket. */
final class Entrance implements AutoCloseable {
  private final Optional<OidcAccess> oidc;
  private final Gatekeeper gatekeeper;

  /**
   * @throws io.gtrace.ledger.store.LedgerException if the tokens cannot be read
   */
  Entrance(ServerOptions options, InstantSource clock) {
    Map.Entry<String, Path> first = options.ledgers().entrySet().iterator().next();
    TokenAccess tokens = new TokenAccess(TokenFile.of(first.getValue()), clock);
    oidc =
        options
            .access()
            .oidc()
            .map(each -> new OidcAccess(each, first.getKey(), clock, OidcAccess.Pace.STANDARD));
    List<Access> accesses = new ArrayList<>();
    accesses.add(tokens);
    oidc.ifPresent(accesses::add);
    Optional<Caller> local = Optional.of(Caller.local(first.getKey()));
    gatekeeper =
        new Gatekeeper(
            accesses, () -> tokens.isInUse() || oidc.isPresent() ? Optional.empty() : local);
  }

  /** Lets a routing answer faults, and only whom it may answer. */
  void guard(HttpRouting.Builder routing) {
    Faults.answeredBy(routing);
    routing.addFilter(gatekeeper);
  }

  @Override
  public void close() {
    oidc.ifPresent(OidcAccess::close);
  }
}
