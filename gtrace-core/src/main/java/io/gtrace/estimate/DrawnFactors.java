package io.gtrace.estimate;

import io.gtrace.factor.Factor;
import io.gtrace.uncertainty.Draws;
import java.util.IdentityHashMap;

/**
 * The joint draws of the factors that an estimator asks for, each computed once. For one thread.
 */
public final class DrawnFactors {
  private final Draws draws;
  private final IdentityHashMap<Factor, double[]> values = new IdentityHashMap<>();

  public DrawnFactors(Draws draws) {
    this.draws = draws;
  }

  /** Realisation {@code k} of a factor. */
  public double of(Factor factor, int k) {
    double[] known = values.get(factor);
    if (known == null) {
      known = draws.of(factor.id(), factor.scatter());
      values.put(factor, known);
    }
    return known[k];
  }

  /** The state of the world in joint realisation {@code k}. */
  public FactorState state(int k) {
    return factor -> of(factor, k);
  }
}
