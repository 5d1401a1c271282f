package io.gtrace.ledger.store;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of a batch as its seal states it.
 *
 * @param content what it holds
 * @param path where it lies, from the folder of the ledger, with {@code /}
 * @param rows rows in it
 * @param bytes its size
 * @param sha256 its digest
 * @param sums sums of its amounts and, for events and roll-ups, of their medians, by column
 */
public record SealedFile(
    Content content, String path, long rows, long bytes, String sha256, Map<String, Double> sums) {

  /** What a file of a batch holds. */
  public enum Content {
    /** One activity a row, as it was reported. */
    EVENTS,
    /** Volumes and medians by hour, team, app, model, site and modality. */
    ROLLUP,
    /** All events up to a batch, rolled up and priced with other factors. */
    REPRICED_ROLLUP,
    /** Which rates price which model at which site. */
    CARD_ROWS,
    /** What a unit of each driver costs, drawn. */
    CARD_RATES,
    /** What a kilowatt-hour costs at a site, drawn. */
    CARD_SITES,
    /** How a site's grid moves over the hours. */
    CARD_HOURS,
    /** Ids of events that were removed and must not come back. */
    REMOVED_IDS,
    /** A document that is kept with the ledger, as an assessment. */
    RECORD,
    /** Seals of old batches, as they were. */
    SEALS;

    /** Whether it belongs to one batch, or several that were merged, and is named by it. */
    boolean isOfBatch() {
      return this == EVENTS || this == ROLLUP || this == REPRICED_ROLLUP;
    }
  }

  public SealedFile {
    sums = Collections.unmodifiableMap(new TreeMap<>(sums));
  }

  /** The same file with other sums. */
  public SealedFile withSums(Map<String, Double> other) {
    return new SealedFile(content, path, rows, bytes, sha256, other);
  }
}
