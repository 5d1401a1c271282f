package io.gtrace.ledger;

import java.io.Serializable;

/**
 * What whoever makes a part of a batch must know; may be sent to other machines.
 *
 * @param ledger folder of the ledger, which must be the same for all of them
 * @param batch number of the batch
 */
public record BatchPlan(String ledger, int batch) implements Serializable {}
