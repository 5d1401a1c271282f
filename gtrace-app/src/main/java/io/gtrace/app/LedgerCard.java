package io.gtrace.app;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;

/**
 * The card that prices a ledger: what it does not know it prices by its class, and loses nothing.
 */
final class LedgerCard {
  private LedgerCard() {}

  static RateCard of(FactorFile factors) {
    FactorCatalogue catalogue = factors.catalogue();
    return new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
  }
}
