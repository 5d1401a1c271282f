package io.gtrace.server;

import io.gtrace.server.http.TlsFiles;
import io.gtrace.server.oidc.OidcOptions;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Who may call a server, and how.
 *
 * @param isPublic whether all may see the figures of the first organisation
 * @param oidc whose tokens are taken besides the server's own
 * @param hosts names by which the server is called at this machine, besides localhost
 * @param tls with what connections are encrypted; empty for not at all
 * @param requestsPerSecond that one token may send, more than 0; empty for a standard that only
 *     hinders what has gone wild, and no limit for who shows no token at their own machine
 */
public record AccessOptions(
    boolean isPublic,
    Optional<OidcOptions> oidc,
    Set<String> hosts,
    Optional<TlsFiles> tls,
    OptionalDouble requestsPerSecond) {
  /** Whoever reaches the server may do all, until there are tokens. */
  public static final AccessOptions LOCAL =
      new AccessOptions(
          false, Optional.empty(), Set.of(), Optional.empty(), OptionalDouble.empty());

  /**
   * @throws IllegalArgumentException if no request at all may be sent
   */
  public AccessOptions {
    hosts = Set.copyOf(hosts);
    if (requestsPerSecond.isPresent() && !(requestsPerSecond.getAsDouble() > 0)) {
      throw new IllegalArgumentException("--rate-limit: must be more than 0 requests a second");
    }
  }
}
