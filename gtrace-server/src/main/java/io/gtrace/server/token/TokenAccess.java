package io.gtrace.server.token;

import io.gtrace.ledger.store.LedgerException;
import io.gtrace.server.access.Access;
import io.gtrace.server.access.Admission;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Problem;
import io.helidon.http.Status;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lets in who shows an API token. A change of the file counts from the next request on. */
public final class TokenAccess implements Access {
  private static final Duration UNTIL_REPAIRED = Duration.ofSeconds(30);

  /** Compared where no token has the id, so that to ask for one takes as long. */
  private static final ApiToken NOBODY =
      new ApiToken(
          "",
          new ApiToken.Grant(
              "nobody", "nobody", Optional.empty(), Set.of(Scope.READ), Optional.empty()),
          Instant.EPOCH,
          ApiToken.digest(""));

  private final TokenFile file;
  private final InstantSource clock;
  private volatile boolean inUse;
  private volatile Known known;

  private record Known(Optional<TokenFile.Version> version, Map<String, ApiToken> byId) {}

  /**
   * @throws LedgerException if the file is damaged
   */
  public TokenAccess(TokenFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    known = read();
  }

  private Known read() {
    // What changes between the two steps is read again next time.
    Optional<TokenFile.Version> version = file.version();
    if (version.isPresent()) {
      inUse = true;
    }
    return new Known(
        version,
        file.tokens().stream().collect(Collectors.toMap(ApiToken::id, Function.identity())));
  }

  private Map<String, ApiToken> tokens() {
    try {
      Known last = known;
      if (!file.version().equals(last.version())) {
        last = read();
        known = last;
      }
      return last.byId();
    } catch (LedgerException | UncheckedIOException unreadable) {
      throw Problem.passing(
          Status.SERVICE_UNAVAILABLE_503,
          "the tokens of this server cannot be read; whoever runs it must see to that",
          UNTIL_REPAIRED);
    }
  }

  /** Whether any token could be shown. */
  public boolean hasTokens() {
    return !tokens().isEmpty();
  }

  /** Whether tokens were ever made, though all may be revoked or deleted by now. */
  public boolean isInUse() {
    if (!inUse) {
      inUse = file.version().isPresent();
    }
    return inUse;
  }

  @Override
  public Optional<Admission> admit(String bearer) {
    int idEnd = ApiToken.PREFIX.length() + ApiToken.ID_CHARS;
    if (!bearer.startsWith(ApiToken.PREFIX) || bearer.length() <= idEnd) {
      return Optional.empty();
    }
    String id = bearer.substring(ApiToken.PREFIX.length(), idEnd);
    ApiToken token = tokens().getOrDefault(id, NOBODY);
    return token.is(bearer) && stands(token).isPresent()
        ? Optional.of(() -> stands(token))
        : Optional.empty();
  }

  /** Who a token stands for, as long as it is neither revoked nor expired. */
  private Optional<Caller> stands(ApiToken token) {
    return Optional.ofNullable(tokens().get(token.id()))
        .filter(token::equals)
        .filter(each -> !each.isExpired(clock.instant()))
        .map(ApiToken::caller);
  }
}
