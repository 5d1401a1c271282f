package io.gtrace.report;

import io.gtrace.footprint.Quantity;

/**
 * Something that would lower the carbon of an account.
 *
 * @param action what to do, an imperative sentence without a full stop
 * @param savedCarbonKg carbon that it would have saved over the account, kgCO2e; a bound below zero
 *     means that it may cost carbon instead
 * @param basis how the saving was computed and what it leaves out
 */
public record Lever(String action, Quantity savedCarbonKg, String basis) {}
