package io.gtrace.governance.advice;

import io.gtrace.footprint.Footprint;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What work costs.
 *
 * @param cost in the currency of the prices; empty where none is known of any of it
 * @param unpriced models and sites that have no price where others have one
 */
public record Outcome(Footprint footprint, OptionalDouble cost, Set<String> unpriced) {
  public Outcome {
    unpriced = Set.copyOf(unpriced);
  }
}
