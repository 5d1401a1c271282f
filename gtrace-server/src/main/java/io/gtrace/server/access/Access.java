package io.gtrace.server.access;

import java.util.Optional;

/** Tells who calls. Safe for use by many threads. */
public interface Access {
  /**
   * Who calls.
   *
   * @param bearer the token that they show, if any
   * @return empty if nobody may call so
   */
  Optional<Caller> caller(Optional<String> bearer);

  /** Access for whoever reaches the server, which must be at this very machine then. */
  static Access local(String organisation) {
    Caller local = Caller.local(organisation);
    return bearer -> Optional.of(local);
  }
}
