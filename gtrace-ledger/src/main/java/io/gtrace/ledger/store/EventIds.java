package io.gtrace.ledger.store;

import java.util.Locale;

/** How a ledger makes ids of events of their request ids, from its first event on. */
enum EventIds {
  /** By a digest that anybody can make: ledgers of before there were others. */
  PLAIN,
  /** By one that takes the secret of the ledger. */
  KEYED;

  /** As the ledger says it of itself. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
