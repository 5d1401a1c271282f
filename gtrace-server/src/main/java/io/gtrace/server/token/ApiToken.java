package io.gtrace.server.token;

import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Scope;
import io.gtrace.server.access.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A token without its secret.
 *
 * @param id public part of the token, by which it is found
 * @param grant what it is for
 * @param created when it was made
 * @param sha256 digest of the whole token, in hexadecimal. A plain digest is enough: a token is 256
 *     random bits, so nobody can try all of them, however fast; slow digests are for passwords,
 *     which people make up.
 */
public record ApiToken(String id, Grant grant, Instant created, String sha256) {
  static final String PREFIX = "gtrace_";
  static final int ID_CHARS = 12;

  private static final int LONGEST_NAME = 100;

  /**
   * What a token is for.
   *
   * @param name for lists and the audit log; no other token has it
   * @param organisation whose figures it opens
   * @param team the only one that it opens; empty for all of the organisation
   * @param scopes what it allows; at least one
   * @param expires from when on it opens nothing; empty for never
   */
  public record Grant(
      String name,
      String organisation,
      Optional<String> team,
      Set<Scope> scopes,
      Optional<Instant> expires) {
    /**
     * @throws IllegalArgumentException if a name is empty, too long or holds control characters, or
     *     nothing is allowed
     */
    public Grant {
      requireName("--name", name);
      requireName("--organisation", organisation);
      team.ifPresent(each -> requireName("--team", each));
      scopes = Set.copyOf(scopes);
      if (scopes.isEmpty()) {
        throw new IllegalArgumentException("--scope: a token allows at least one thing");
      }
    }

    private static void requireName(String option, String name) {
      if (name.isBlank()
          || name.length() > LONGEST_NAME
          || name.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            option + ": a name has 1 to " + LONGEST_NAME + " printable characters");
      }
    }
  }

  public boolean isExpired(Instant now) {
    return grant.expires().filter(end -> !now.isBefore(end)).isPresent();
  }

  /** Whether a text is this token. How long that takes says nothing of how much of it is right. */
  boolean is(String token) {
    return MessageDigest.isEqual(
        sha256.getBytes(StandardCharsets.US_ASCII),
        digest(token).getBytes(StandardCharsets.US_ASCII));
  }

  Caller caller() {
    return new Caller(grant.name(), grant.organisation(), grant.team(), grant.scopes());
  }

  static String digest(String token) {
    return HexFormat.of().formatHex(Sha256.of(token));
  }
}
