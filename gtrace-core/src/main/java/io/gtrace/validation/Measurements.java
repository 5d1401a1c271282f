package io.gtrace.validation;

import java.util.List;

/**
 * What a file of measurements held.
 *
 * @param usable in the order of the file
 * @param refused rows that cannot be compared, and why
 */
public record Measurements(List<Measurement> usable, List<RefusedRow> refused) {
  public Measurements {
    usable = List.copyOf(usable);
    refused = List.copyOf(refused);
  }

  /**
   * @param line line of the file, from 1
   * @param field the column at fault; empty where it is the whole row
   * @param reason what is wrong and what to do
   */
  public record RefusedRow(long line, String field, String reason) {
    @Override
    public String toString() {
      return "line " + line + (field.isEmpty() ? "" : ", " + field) + ": " + reason;
    }
  }
}
