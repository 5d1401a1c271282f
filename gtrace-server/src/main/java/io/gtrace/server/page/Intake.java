package io.gtrace.server.page;

import io.gtrace.server.organisation.Organisation;

/**
 * How what comes reaches the ledger.
 *
 * @param isWaiting whether something is acknowledged and about to be sealed
 * @param trouble why it is not; empty if nothing stands in the way
 */
record Intake(boolean isWaiting, String trouble) {
  /** For pages that do not tell, which need not be made anew when it changes. */
  static final Intake NOT_TOLD = new Intake(false, "");

  static Intake of(Organisation organisation) {
    return new Intake(organisation.waitingBytes() > 0, organisation.trouble().orElse(""));
  }
}
