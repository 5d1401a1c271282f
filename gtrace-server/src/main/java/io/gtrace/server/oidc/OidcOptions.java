package io.gtrace.server.oidc;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Whose tokens are taken, and what their claims mean.
 *
 * @param issuer who signs them; its documents are fetched from there
 * @param audience one of the audiences of a token must be this
 * @param organisationClaim the claim that names the organisation; empty if all are of the first
 * @param teamClaim the claim that names the only team that somebody sees, or {@value #ALL_TEAMS};
 *     whoever lacks it is refused. Empty if all see all teams.
 * @param scopeClaim the claim with the scopes, as {@code gtrace:read}: a text parted by spaces or a
 *     list
 */
public record OidcOptions(
    URI issuer,
    String audience,
    Optional<String> organisationClaim,
    Optional<String> teamClaim,
    String scopeClaim) {
  /** The claim with scopes of RFC 9068. */
  public static final String SCOPE_CLAIM = "scope";

  static final String ALL_TEAMS = "*";

  /**
   * @throws IllegalArgumentException if the issuer is no address that can be trusted, or a name is
   *     empty
   */
  public OidcOptions {
    if (!isTrustworthy(issuer) || issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "--oidc-issuer: '"
              + issuer
              + "' must be https://HOST/PATH (http only for this machine), without a user, query or"
              + " fragment");
    }
    if (audience.isBlank()) {
      throw new IllegalArgumentException(
          "--oidc-audience: say which audience tokens for this server have");
    }
    if (scopeClaim.isBlank()
        || organisationClaim.filter(String::isBlank).isPresent()
        || teamClaim.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException("the name of a claim must not be empty");
    }
  }

  /** Whether nobody between can change what is fetched from there. */
  static boolean isTrustworthy(URI address) {
    if (address.getHost() == null || address.getRawUserInfo() != null) {
      return false;
    }
    return "https".equalsIgnoreCase(address.getScheme())
        || ("http".equalsIgnoreCase(address.getScheme()) && isThisMachine(address.getHost()));
  }

  private static boolean isThisMachine(String host) {
    return List.of("localhost", "127.0.0.1", "[::1]").contains(host);
  }
}
