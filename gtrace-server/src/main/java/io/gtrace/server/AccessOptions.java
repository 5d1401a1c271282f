package io.gtrace.server;

import io.gtrace.server.oidc.OidcOptions;
import java.util.Optional;

/**
 * Who may call a server, and how.
 *
 * @param oidc whose tokens are taken besides the server's own
 */
public record AccessOptions(Optional<OidcOptions> oidc) {
  /** Whoever reaches the server may do all, until there are tokens. */
  public static final AccessOptions LOCAL = new AccessOptions(Optional.empty());
}
