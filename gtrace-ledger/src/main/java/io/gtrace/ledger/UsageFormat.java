package io.gtrace.ledger;

import java.util.Locale;

/** How usage is stored. */
public enum UsageFormat {
  /** One activity a line, columns by header; comma, semicolon, tab or bar; RFC 4180 quotes. */
  CSV,
  /** JSON objects: one a line, or in any other arrangement. */
  JSONL,
  /** Apache Parquet. */
  PARQUET;

  /** The one that a file name means, packed or not; {@link #CSV} where it means none. */
  static UsageFormat ofName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
    if (name.endsWith(".parquet")) {
      return PARQUET;
    }
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")
        ? JSONL
        : CSV;
  }
}
