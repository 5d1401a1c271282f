package io.gtrace.validation;

import io.gtrace.estimate.FactorState;
import io.gtrace.factor.Factor;
import java.util.Map;

/**
 * A state of the world in which nobody has measured a model.
 *
 * @param world everything else
 * @param constants of the law, fitted without the model
 * @param unmeasured the law's misfit as it is thought of for any model
 */
record UnseenState(FactorState world, Map<String, Double> constants, Factor unmeasured)
    implements FactorState {
  @Override
  public double of(Factor factor) {
    if (factor.id().equals(unmeasured.id())) {
      return world.of(unmeasured);
    }
    Double fitted = constants.get(factor.id());
    return fitted == null ? world.of(factor) : world.of(factor) * fitted / factor.median();
  }
}
