package io.gtrace.ledger;

import io.gtrace.ledger.store.SealedFile;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of a part of a batch, as it goes from machine to machine.
 *
 * @param files that were written
 * @param quarantine path of the file that keeps refused rows; empty if there is none
 */
record PartReport(
    List<SealedFile> files,
    long added,
    long duplicates,
    long revised,
    long refused,
    List<Refusal> refusals,
    String quarantine) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  PartReport {
    files = List.copyOf(files);
    refusals = List.copyOf(refusals);
  }

  byte[] toBytes() {
    return JSON.writeValueAsBytes(this);
  }

  static PartReport of(byte[] bytes) {
    return JSON.readValue(bytes, PartReport.class);
  }
}
