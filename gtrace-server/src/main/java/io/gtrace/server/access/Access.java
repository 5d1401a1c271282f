package io.gtrace.server.access;

import java.util.Optional;

/** Tells who calls. Safe for use by many threads. */
@FunctionalInterface
public interface Access {
  /**
   * Lets in whoever shows a token.
   *
   * @param bearer the token
   * @return empty if the token is none of this kind, or opens nothing
   * @throws io.gtrace.server.http.Problem if that cannot be told now
   */
  Optional<Admission> admit(String bearer);
}
