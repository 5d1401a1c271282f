package io.gtrace.governance.pyramid;

import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.Estimate;
import java.util.List;
import java.util.Optional;

/**
 * What came of one indicator.
 *
 * @param verdict of all its criteria together
 * @param results one for each criterion; none where the value is not known
 * @param grade what the facts behind it are worth; empty where it is not known
 * @param reasons how the value came about, or why there is none
 * @param loosened what of its thresholds the profile loosened, in words; none if it did not
 * @param worthKg what its action is worth in the period, kgCO2e; empty where it passes or that
 *     cannot be computed
 */
public record IndicatorResult(
    Indicator indicator,
    Verdict verdict,
    List<CriterionResult> results,
    Optional<Grade> grade,
    List<String> reasons,
    List<String> loosened,
    Optional<Estimate> worthKg) {

  /** A value held against its threshold. */
  public record CriterionResult(Criterion criterion, Estimate estimate, Verdict verdict) {}

  public IndicatorResult {
    results = List.copyOf(results);
    reasons = List.copyOf(reasons);
    loosened = List.copyOf(loosened);
  }

  /**
   * What to do next: the action of the indicator, or what to supply where it is not known how the
   * organisation stands.
   */
  public String nextStep() {
    return verdict == Verdict.UNKNOWN && !reasons.isEmpty()
        ? capitalised(reasons.get(0))
        : indicator.action();
  }

  /** Whether it is not known how the organisation stands: the next step is to supply what tells. */
  public boolean isOpen() {
    return verdict == Verdict.UNKNOWN && results.isEmpty();
  }

  /**
   * What the next step is worth, kgCO2e. To supply what is missing abates nothing by itself; it can
   * bring carbon to book.
   */
  public Optional<Estimate> worthOfNextStepKg() {
    return worthKg.filter(kg -> !isOpen() || indicator.kind() == Indicator.ValueKind.ACCOUNTED);
  }

  private static String capitalised(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
