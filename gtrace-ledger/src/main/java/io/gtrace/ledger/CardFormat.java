package io.gtrace.ledger;

/** How a rate card is exported. */
public enum CardFormat {
  CSV,
  /** One JSON object a line. */
  JSON,
  PARQUET
}
