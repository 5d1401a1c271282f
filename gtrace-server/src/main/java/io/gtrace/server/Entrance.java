package io.gtrace.server;

import io.gtrace.server.access.Access;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.LocalNames;
import io.gtrace.server.access.Stranger;
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
import java.util.function.Supplier;

/** The way into a server, the same at every socket. */
final class Entrance implements AutoCloseable {
  private final Optional<OidcAccess> oidc;
  private final Gatekeeper gatekeeper;

  /**
   * @throws io.gtrace.ledger.store.LedgerException if the tokens cannot be read
   * @throws IllegalArgumentException if other machines could call and nothing says who may
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
    requireOwnersConsent(options, tokens);
    gatekeeper = new Gatekeeper(accesses, strangers(options, first.getKey(), tokens));
  }

  /** Whoever can be reached from other machines must have said who may call. */
  private static void requireOwnersConsent(ServerOptions options, TokenAccess tokens) {
    AccessOptions access = options.access();
    if (!options.address().isLoopbackAddress()
        && !access.isPublic()
        && access.oidc().isEmpty()
        && !tokens.hasTokens()) {
      throw new IllegalArgumentException(
          "--host "
              + options.address().getHostAddress()
              + " is open to other machines, so say who may call: make a token (gtrace token"
              + " create), take those of an issuer (--oidc-issuer), or show the figures to all"
              + " (--public)");
    }
  }

  private static Supplier<Optional<Stranger>> strangers(
      ServerOptions options, String organisation, TokenAccess tokens) {
    AccessOptions access = options.access();
    Optional<Stranger> nobody = Optional.empty();
    if (access.isPublic()) {
      Optional<Stranger> reader = Optional.of(Stranger.reader(organisation));
      return () -> reader;
    }
    if (access.oidc().isPresent() || !options.address().isLoopbackAddress()) {
      return () -> nobody;
    }
    Optional<Stranger> local =
        Optional.of(Stranger.local(organisation, new LocalNames(access.hosts())));
    return () -> tokens.isInUse() ? nobody : local;
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
