package io.gtrace.server.organisation;

import io.gtrace.server.organisation.LedgerView.Making;

/**
 * A content that somebody asks for; wanted ones with equal keys are equal.
 *
 * @param key all that it depends on beside the ledger and the time
 * @param making makes it
 */
record Wanted(Object key, Making making) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Wanted wanted && wanted.key.equals(key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }
}
