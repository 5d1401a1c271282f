package io.gtrace.estimate;

import io.gtrace.factor.Factor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One state of the world: a value for each factor. Estimators compute in one state at a time. */
public interface FactorState {
  double of(Factor factor);

  /** Every factor at its median. */
  static FactorState medians() {
    return Factor::median;
  }

  /** Every factor at its median, remembering which were asked for. */
  final class Recording implements FactorState {
    private final Set<Factor> asked = new LinkedHashSet<>();

    @Override
    public double of(Factor factor) {
      asked.add(factor);
      return factor.median();
    }

    /** The factors asked for so far, in order of first asking. */
    public List<Factor> asked() {
      return new ArrayList<>(asked);
    }
  }
}
