package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The times of metered buckets, and which buckets of other widths hold the same calls. */
class BucketTimeTest {
  private static List<String> overlapping(String requestId) {
    return BucketTime.of(requestId).orElseThrow().overlapping();
  }

  @Test
  void anHourIsInADayAndHoldsMinutes() {
    List<String> others = overlapping("f|1767308400|1767312000|a||c");
    assertThat(others)
        .hasSize(61)
        .contains(
            "f|1767225600|1767312000|a||c",
            "f|1767308400|1767308460|a||c",
            "f|1767311940|1767312000|a||c");
  }

  @Test
  void momentsAreWrittenAsTheyWere() {
    assertThat(overlapping("f|2026-01-01T00:00:00Z|2026-01-02T00:00:00Z|a"))
        .hasSize(24)
        .contains("f|2026-01-01T23:00:00Z|2026-01-02T00:00:00Z|a");
    assertThat(overlapping("f|2026-01-01T00:05:00Z|2026-01-01T00:06:00Z|a"))
        .containsExactly(
            "f|2026-01-01T00:00:00Z|2026-01-01T01:00:00Z|a",
            "f|2026-01-01T00:00:00Z|2026-01-02T00:00:00Z|a");
  }

  @Test
  void itsDaysReachIntoOtherZones() {
    assertThat(BucketTime.of("f|2026-01-01T10:00:00Z|2026-01-01T11:00:00Z|a").orElseThrow().days())
        .containsExactly("2025-12-31", "2026-01-01", "2026-01-02");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request-1",
        "f|1767225600|1767225660",
        "f|session|1|2|3",
        "f|1767225600|1767226500|a",
        "f|1767312000|1767225600|a",
        "f|60|120|a",
        "f|2026-01-01|2026-01-02|a",
        "f|2026-01-01T00:00:00.000Z|2026-01-02T00:00:00.000Z|a",
        "f||1767225600|a"
      })
  void otherIdsTellNoTime(String requestId) {
    assertThat(BucketTime.of(requestId)).isEmpty();
  }
}
