package io.gtrace.governance.pyramid;

import io.gtrace.governance.facts.Estimate;

/**
 * A threshold that a value is held against.
 *
 * @param measure what the value is of
 * @param unit its unit: "1" for a plain number
 * @param test which side of the threshold is good
 * @param threshold in that unit
 * @param byMedian whether the value itself is held against it, and not the less favourable end of
 *     its interval
 */
public record Criterion(
    String measure, String unit, Test test, double threshold, boolean byMedian) {

  /** Which values meet a threshold. */
  public enum Test {
    AT_LEAST("≥"),
    AT_MOST("≤"),
    ABOVE(">"),
    BELOW("<");

    private final String sign;

    Test(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    boolean isMet(double value, double threshold) {
      return switch (this) {
        case AT_LEAST -> value >= threshold;
        case AT_MOST -> value <= threshold;
        case ABOVE -> value > threshold;
        case BELOW -> value < threshold;
      };
    }

    boolean wantsMuch() {
      return this == AT_LEAST || this == ABOVE;
    }
  }

  Verdict verdict(Estimate estimate) {
    if (byMedian) {
      return test.isMet(estimate.value(), threshold) ? Verdict.PASS : Verdict.FAIL;
    }
    double worst = test.wantsMuch() ? estimate.low() : estimate.high();
    double best = test.wantsMuch() ? estimate.high() : estimate.low();
    if (test.isMet(worst, threshold)) {
      return Verdict.PASS;
    }
    return test.isMet(best, threshold) ? Verdict.INDETERMINATE : Verdict.FAIL;
  }

  /** With another threshold. */
  Criterion at(double other) {
    return new Criterion(measure, unit, test, other, byMedian);
  }

  /** Whether another threshold lets more values pass. */
  boolean isLoosenedBy(double other) {
    return test.wantsMuch() ? other < threshold : other > threshold;
  }
}
