package io.gtrace.ledger;

import io.gtrace.footprint.Quantity;

/**
 * An alternative to the accounted work, priced with the same factors.
 *
 * @param action what to do, as an imperative without a full stop
 * @param savedCarbonKg carbon of the account less that of the alternative, draw by draw, kgCO2e
 * @param basis how it was computed and what it leaves out, in whole sentences
 */
public record Saving(String action, Quantity savedCarbonKg, String basis) {}
