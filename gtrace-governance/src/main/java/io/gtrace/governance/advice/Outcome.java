package io.gtrace.governance.advice;

import io.gtrace.footprint.Footprint;
import java.util.OptionalDouble;

/**
 * What work costs.
 *
 * @param cost in the currency of the prices; empty where none is known of any of it
 */
public record Outcome(Footprint footprint, OptionalDouble cost) {}
