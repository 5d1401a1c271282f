package io.gtrace.governance.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportingPeriodTest {
  @ParameterizedTest
  @CsvSource({
    "2025,    2025-01-01T00:00:00Z, 2026-01-01T00:00:00Z, 2024",
    "2025-H2, 2025-07-01T00:00:00Z, 2026-01-01T00:00:00Z, 2025-H1",
    "2025-Q1, 2025-01-01T00:00:00Z, 2025-04-01T00:00:00Z, 2024-Q4",
    "2025q3,  2025-07-01T00:00:00Z, 2025-10-01T00:00:00Z, 2025-Q2",
    "2024-02, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z, 2024-01",
  })
  void namesSayFromWhenToWhen(String name, Instant from, Instant to, String previous) {
    ReportingPeriod period = ReportingPeriod.parse(name);
    assertThat(period.from()).isEqualTo(from);
    assertThat(period.to()).isEqualTo(to);
    assertThat(period.previous()).hasToString(previous);
    assertThat(ReportingPeriod.parse(period.toString())).isEqualTo(period);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2025-Q5", "2025-13", "last year", "25-Q1", "2025-Q", "9999999"})
  void otherWordsAreRefused(String name) {
    assertThatThrownBy(() -> ReportingPeriod.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no period such as");
  }

  @Test
  void partsOfAStretchOfTimeAreTakenByLength() {
    ReportingPeriod quarter = ReportingPeriod.parse("2025-Q1");
    Instant newYear = Instant.parse("2025-01-01T00:00:00Z");
    assertThat(quarter.shareOf(newYear, Instant.parse("2026-01-01T00:00:00Z")))
        .isCloseTo(90.0 / 365, within(1e-12));
    assertThat(
            quarter.shareOf(
                Instant.parse("2025-04-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z")))
        .isZero();
  }

  @Test
  void theLastWholeQuarterIsTheOneBeforeTheMoment() {
    assertThat(ReportingPeriod.lastQuarterBefore(Instant.parse("2026-01-01T00:00:00Z")))
        .hasToString("2025-Q4");
    assertThat(ReportingPeriod.lastQuarterBefore(Instant.parse("2025-12-31T23:00:00Z")))
        .hasToString("2025-Q3");
  }
}
