/**
 * Asks a ledger: roll-ups along any of their dimensions as footprints with intervals, and SQL over
 * every event. Start at {@link io.gtrace.ledger.query.LedgerQuery}.
 */
@NullMarked
package io.gtrace.ledger.query;

import org.jspecify.annotations.NullMarked;
