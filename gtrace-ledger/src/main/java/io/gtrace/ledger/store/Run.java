package io.gtrace.ledger.store;

/**
 * A batch of which a ledger has events or roll-ups, or several in a row that were merged and go as
 * the last of them.
 *
 * @param first the first of the batches
 * @param batch the last of them: it names the files and stands in the events
 * @param factorSet digest of the factors that priced all of them
 */
public record Run(int first, int batch, String factorSet) {}
