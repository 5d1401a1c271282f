package io.gtrace.server.access;

import java.util.Optional;

/** That somebody was let in. It may end: a token is revoked, or expires. */
@FunctionalInterface
public interface Admission {
  /** Who was let in; empty once they are not any more. */
  Optional<Caller> caller();
}
