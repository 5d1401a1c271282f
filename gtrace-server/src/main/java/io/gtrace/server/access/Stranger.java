package io.gtrace.server.access;

import java.util.EnumSet;
import java.util.Optional;

/**
 * Somebody who shows nothing.
 *
 * @param caller who they are taken for
 * @param names by which they must call the server; empty for any
 */
public record Stranger(Caller caller, Optional<LocalNames> names) {
  /** Somebody at this very machine, who may do all. */
  public static Stranger local(String organisation, LocalNames names) {
    return new Stranger(
        new Caller("local", organisation, Optional.empty(), EnumSet.allOf(Scope.class)),
        Optional.of(names));
  }

  /** Anybody, who may see figures. */
  public static Stranger reader(String organisation) {
    return new Stranger(
        new Caller("public", organisation, Optional.empty(), EnumSet.of(Scope.READ), true),
        Optional.empty());
  }
}
