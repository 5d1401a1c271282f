package io.gtrace.server;

import io.gtrace.server.oidc.OidcOptions;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call a server, and how.
 *
 * @param isPublic whether all may see the figures of the first organisation
 * @param oidc whose tokens are taken besides the server's own
 * @param hosts names by which the server is called at this machine, besides localhost
 */
public record AccessOptions(boolean isPublic, Optional<OidcOptions> oidc, Set<String> hosts) {
  /** Whoever reaches the server may do all, until there are tokens. */
  public static final AccessOptions LOCAL = new AccessOptions(false, Optional.empty(), Set.of());

  public AccessOptions {
    hosts = Set.copyOf(hosts);
  }
}
