package io.gtrace.ledger.query;

import io.gtrace.activity.Modality;

/**
 * All that tells cells of one hour apart.
 *
 * @param team empty where not known
 * @param app likewise
 * @param model as it was logged
 * @param accelerator empty where none was named
 * @param site as it was logged
 * @param modality its label
 * @param factorSet digest of the factors that price it
 */
record CellKind(
    String team,
    String app,
    String model,
    String accelerator,
    String site,
    String modality,
    String factorSet) {

  /** Whether it is priced by its hardware. */
  boolean goesByHardware() {
    return Modality.parse(modality).filter(Modality::goesByHardware).isPresent();
  }

  /** The row of a card that prices it in a year; 0 for what has no time. */
  CardRows.Key priced(int year) {
    return new CardRows.Key(
        factorSet, goesByHardware() ? accelerator : model, modality, site, year);
  }
}
