package io.gtrace.server;

import io.gtrace.server.access.Access;
import io.gtrace.server.access.Gatekeeper;
import io.gtrace.server.access.Limits;
import io.gtrace.server.access.LocalNames;
import io.gtrace.server.access.Login;
import io.gtrace.server.access.Sessions;
import io.gtrace.server.access.Stranger;
import io.gtrace.server.http.Faults;
import io.gtrace.server.http.Patience;
import io.gtrace.server.http.SecurityHeaders;
import io.gtrace.server.http.Sockets;
import io.gtrace.server.http.TlsFiles;
import io.gtrace.server.http.UnreadBodies;
import io.gtrace.server.oidc.OidcAccess;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.server.token.TokenAccess;
import io.gtrace.server.token.TokenFile;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The way into a server, the same at every socket. */
final class Entrance implements AutoCloseable {
  private static final int MOST_PROLOGUE_BYTES = 8 << 10;
  private static final int MOST_HEADER_BYTES = 32 << 10;
  private static final Duration HEADERS = Duration.ofSeconds(20);

  private final Sockets sockets;
  private final InetAddress address;
  private final Optional<Tls> tls;
  private final Patience patience;
  private final UnreadBodies unread = new UnreadBodies();
  private final SecurityHeaders headers = new SecurityHeaders();
  private final Optional<OidcAccess> oidc;
  private final Gatekeeper gatekeeper;

  /**
   * @throws io.gtrace.ledger.store.LedgerException if the tokens cannot be read
   * @throws IllegalArgumentException if other machines could call and nothing says who may, or the
   *     files of TLS cannot be used
   */
  Entrance(
      ServerOptions options, Organisations organisations, InstantSource clock, Sockets sockets) {
    this.sockets = sockets;
    address = options.address();
    tls = options.access().tls().map(TlsFiles::read);
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
    gatekeeper =
        new Gatekeeper(
            accesses,
            strangers(options, first.getKey(), tokens),
            limits(options),
            new Sessions(clock, new SecureRandom()),
            organisations::audit);
    patience = new Patience(HEADERS);
  }

  private static Limits limits(ServerOptions options) {
    return new Limits(
        options.access().requestsPerSecond().orElse(Limits.STANDARD_RATE), System::nanoTime);
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
    routing.addFilter(unread).addFilter(headers).addFilter(gatekeeper);
  }

  /** The page where people sign in. */
  Login login() {
    return new Login(gatekeeper);
  }

  /** Sets at what address a socket listens, with what it encrypts and how long it waits. */
  void listen(ListenerConfig.BuilderBase<?, ?> socket) {
    sockets.bound(socket);
    socket
        .address(address)
        // With one protocol to choose from, a connection that never says a word is found idle too.
        .protocolsDiscoverServices(false)
        .addProtocol(
            Http1Config.builder()
                .maxPrologueLength(MOST_PROLOGUE_BYTES)
                .maxHeadersSize(MOST_HEADER_BYTES)
                .addReceiveListener(patience)
                .build());
    tls.ifPresent(socket::tls);
  }

  /** Lets a routing answer faults in another form, and only whom it may answer. */
  void guard(HttpRouting.Builder routing, Faults.Form form) {
    Faults.answeredBy(routing, form);
    routing.addFilter(unread).addFilter(headers).addFilter(gatekeeper);
  }

  /** Who lets in, where no request over HTTP comes. */
  Gatekeeper gatekeeper() {
    return gatekeeper;
  }

  @Override
  public void close() {
    oidc.ifPresent(OidcAccess::close);
    patience.close();
  }
}
