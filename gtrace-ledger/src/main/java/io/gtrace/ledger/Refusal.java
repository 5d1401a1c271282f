package io.gtrace.ledger;

/**
 * A row that was not accounted.
 *
 * @param source the file
 * @param line line of the file, from 1; 0 for the file as a whole; of Parquet the row, from 1
 * @param field the column at fault; empty if it is the line as a whole
 * @param reason why, for people
 */
public record Refusal(String source, long line, String field, String reason) {
  @Override
  public String toString() {
    return source
        + (line > 0 ? ", line " + line : "")
        + (field.isEmpty() ? "" : ", " + field)
        + ": "
        + reason;
  }
}
