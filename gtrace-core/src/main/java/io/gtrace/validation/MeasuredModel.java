package io.gtrace.validation;

import io.gtrace.activity.Modality;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.Model;
import io.gtrace.factor.Precision;
import io.gtrace.factor.Range;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The model that was measured, as the measurement describes it; what it leaves out comes from the
 * factor catalogue.
 *
 * @param name as the measurement calls it
 * @param totalParametersB parameters stored, 10^9, above 0
 * @param activeParametersB parameters that act on one token or step, 10^9, above 0
 * @param precision number format of the weights; where neither this nor the catalogue says it, it
 *     is 16 bits, in which models are published
 * @param architecture such as dense or moe
 */
public record MeasuredModel(
    String name,
    OptionalDouble totalParametersB,
    OptionalDouble activeParametersB,
    Optional<Precision> precision,
    Optional<String> architecture) {

  /** The model of the catalogue, or a stand-in for it, with what the measurement says of it. */
  public Model in(FactorCatalogue catalogue, Modality modality) {
    Model known = catalogue.model(name, modality, Fallback.ALLOW);
    return known.measuredWith(
        totalParametersB.isPresent()
            ? Range.exactly(totalParametersB.getAsDouble())
            : known.totalParametersB(),
        activeParametersB.isPresent()
            ? Range.exactly(activeParametersB.getAsDouble())
            : known.activeParametersB(),
        precision.or(known::precision).orElse(Precision.BF16));
  }
}
