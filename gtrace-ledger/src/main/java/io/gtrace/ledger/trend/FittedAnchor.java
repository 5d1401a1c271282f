package io.gtrace.ledger.trend;

import io.gtrace.footprint.Quantity;

/**
 * An anchor beside the estimate.
 *
 * @param anchor what was known
 * @param estimated the volume in the same time, as estimated from all anchors and signals
 */
public record FittedAnchor(Anchor anchor, Quantity estimated) {}
