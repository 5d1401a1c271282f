package io.gtrace.ledger;

import java.util.Locale;

/** The formats of usage files. */
public enum UsageFormat {
  /** One activity a line, columns by header; comma, semicolon or tab; RFC 4180 quotes. */
  CSV,
  /** One JSON object a line. */
  JSONL,
  /** Apache Parquet. */
  PARQUET;

  /**
   * The format that a file name means, {@code .gz} aside.
   *
   * @throws UsageException if it means none
   */
  public static UsageFormat ofName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (name.endsWith(".csv") || name.endsWith(".tsv")) {
      return CSV;
    }
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")) {
      return JSONL;
    }
    if (name.endsWith(".parquet")) {
      return PARQUET;
    }
    throw new UsageException(
        fileName
            + ": the name must end in .csv, .tsv, .jsonl, .ndjson or .parquet (the text formats"
            + " also in .gz)");
  }
}
