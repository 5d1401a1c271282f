package io.gtrace.governance.pyramid;

import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.UnknownFactException;
import java.util.ArrayList;
import java.util.List;

/** What a function of an indicator finds. */
sealed interface Finding {
  double SAME = 1e-9;

  /**
   * Values, one for each criterion.
   *
   * @param grade what the facts behind them are worth
   * @param basis how they came about, in plain words
   */
  record Measured(List<Estimate> values, Grade grade, List<String> basis) implements Finding {
    public Measured {
      values = List.copyOf(values);
      basis = List.copyOf(basis);
    }

    /** With one more thing that a reader should know. */
    Measured because(String more) {
      List<String> all = new ArrayList<>(basis);
      all.add(more);
      return new Measured(values, grade, all);
    }
  }

  /** It does not concern the organisation. */
  record NotApplicable(String reason) implements Finding {}

  static Measured of(Grade grade, Estimate... values) {
    return new Measured(List.of(values), grade, List.of());
  }

  /** A share in percent. */
  static Measured percent(Grade grade, double part, double whole) {
    if (!(whole > 0)) {
      throw new UnknownFactException("there is nothing to take a share of in this period");
    }
    // Sums of the same numbers in another order differ in their last digits.
    boolean isAll = Math.abs(part - whole) <= SAME * whole;
    return of(grade, Estimate.exact(isAll ? 100 : 100 * part / whole));
  }
}
