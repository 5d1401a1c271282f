package io.gtrace.bench.disclosure;

import io.gtrace.estimate.FactorState;
import java.util.function.ToDoubleFunction;

/**
 * A published figure and how the product comes to it.
 *
 * @param what whose figure
 * @param from what of it was known to the estimate; empty where there is only one way
 * @param citation how sources that rest on the same publication name it
 * @param published above 0
 * @param unit of both figures
 * @param ours the estimate in a state of the world
 */
record Figure(
    String what,
    String from,
    String citation,
    double published,
    String unit,
    ToDoubleFunction<FactorState> ours) {}
