package io.gtrace.ledger.query;

import io.gtrace.activity.Modality;
import io.gtrace.activity.Volumes;
import java.util.OptionalInt;

/**
 * All work at one row of a card.
 *
 * @param subject the model as it was logged; of a training its accelerator
 * @param site as it was logged
 * @param year of the grid factors; empty where the work has no time
 * @param factorSet that priced it
 */
public record Work(
    String subject,
    Modality modality,
    String site,
    OptionalInt year,
    String factorSet,
    Volumes volumes) {

  /** Other volumes at the same row. */
  Work with(Volumes others) {
    return new Work(subject, modality, site, year, factorSet, others);
  }
}
