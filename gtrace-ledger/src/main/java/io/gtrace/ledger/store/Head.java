package io.gtrace.ledger.store;

/**
 * The newest batch.
 *
 * @param batch its number; 0 for a ledger without batches
 * @param seal digest of its seal; empty without one
 */
public record Head(int batch, String seal) {
  static final Head EMPTY = new Head(0, "");
}
