package io.gtrace.server.access;

import io.gtrace.server.http.Problem;
import io.helidon.http.Status;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls.
 *
 * @param name for the audit log
 * @param organisation whose figures they see and whose usage they send
 * @param team the only one that they see, and on whose account all goes that they send; empty for
 *     any
 * @param scopes what they may do
 * @param isGuest whether they are anybody, of whom the organisation knows nothing
 */
public record Caller(
    String name, String organisation, Optional<String> team, Set<Scope> scopes, boolean isGuest) {
  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** Somebody whom the organisation knows. */
  public Caller(String name, String organisation, Optional<String> team, Set<Scope> scopes) {
    this(name, organisation, team, scopes, false);
  }

  /**
   * Whether they see how the ledger is kept beside its figures: seals, what was refused, where its
   * files are.
   */
  public boolean seesOperation() {
    return team.isEmpty() && !isGuest;
  }

  public boolean may(Scope scope) {
    return scopes.contains(scope);
  }

  /**
   * The team whose figures they get.
   *
   * @param asked the team that they ask for; empty for all that they see
   * @return empty for all teams
   * @throws Problem if they may not see what they ask for
   */
  public Optional<String> teamOf(Optional<String> asked) {
    if (team.isPresent() && asked.isPresent() && !asked.equals(team)) {
      throw Problem.of(
          Status.FORBIDDEN_403, "this token opens the figures of team '" + team.get() + "' only");
    }
    return team.or(() -> asked);
  }
}
