package io.gtrace.server.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Browsers that are signed in. A browser holds a random id and no token; what it may do is that of
 * the token at each request, so that one which is revoked ends its sessions. Gone with the process.
 */
public final class Sessions {
  static final Duration LIFETIME = Duration.ofHours(12);

  private static final int MOST = 10_000;
  private static final int ID_BYTES = 32;

  private final InstantSource clock;
  private final SecureRandom random;

  /** By the digest of the id, so that memory does not hold what opens. */
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  private record Session(Admission admission, Instant end) {}

  public Sessions(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Begins a session.
   *
   * @return its id; empty if too many are open
   */
  Optional<String> begin(Admission admission) {
    Instant now = clock.instant();
    sessions.values().removeIf(each -> isOver(each, now));
    if (sessions.size() >= MOST) {
      return Optional.empty();
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    sessions.put(key(text), new Session(admission, now.plus(LIFETIME)));
    return Optional.of(text);
  }

  /** Who is signed in; empty for nobody. */
  Optional<Caller> caller(String id) {
    return Optional.ofNullable(sessions.get(key(id)))
        .filter(each -> clock.instant().isBefore(each.end()))
        .flatMap(each -> each.admission().caller());
  }

  void end(String id) {
    sessions.remove(key(id));
  }

  private static boolean isOver(Session session, Instant now) {
    return !now.isBefore(session.end()) || session.admission().caller().isEmpty();
  }

  private static String key(String id) {
    return HexFormat.of().formatHex(Sha256.of(id));
  }
}
