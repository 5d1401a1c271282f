package io.gtrace.governance.pyramid;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.pyramid.Criterion.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriterionTest {
  @ParameterizedTest
  @CsvSource({
    "AT_LEAST, 70, 80, 70, 90, PASS",
    "AT_LEAST, 70, 80, 69.9, 90, INDETERMINATE",
    "AT_LEAST, 70, 60, 50, 69.9, FAIL",
    "ABOVE, 0, 5, 0, 10, INDETERMINATE",
    "ABOVE, 0, 5, 0.1, 10, PASS",
    "AT_MOST, 10, 8, 5, 10, PASS",
    "AT_MOST, 10, 8, 5, 10.1, INDETERMINATE",
    "AT_MOST, 10, 12, 11, 14, FAIL",
    "BELOW, 0, -1, -2, 0, INDETERMINATE",
    "BELOW, 0, -1, -2, -0.5, PASS",
  })
  void theLessFavourableEndMustPass(
      Test test, double threshold, double value, double low, double high, Verdict verdict) {
    Criterion criterion = new Criterion("share", "%", test, threshold, false);
    assertThat(criterion.verdict(new Estimate(value, low, high))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"AT_LEAST, 80, false", "AT_LEAST, 60, true", "AT_MOST, 80, true", "BELOW, 60, false"})
  void aThresholdIsLoosenedWhereItLetsMorePass(Test test, double other, boolean loosened) {
    assertThat(new Criterion("share", "%", test, 70, false).isLoosenedBy(other))
        .isEqualTo(loosened);
  }
}
