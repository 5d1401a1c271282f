package io.gtrace.factor;

import io.gtrace.trace.Provenance;
import io.gtrace.uncertainty.Scatter;

/**
 * A constant of the method that is neither a property of one model nor of one place.
 *
 * @param id name in the estimators, such as {@code host-energy-share}
 */
record Assumption(String id, String meaning, String unit, Scatter scatter, Provenance provenance) {}
