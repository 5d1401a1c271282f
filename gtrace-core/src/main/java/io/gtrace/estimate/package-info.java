/**
 * The science: how much electricity one unit of work takes, for one model on one kind of hardware.
 * Estimators are physical in form (compute, memory traffic, static power), linear in the drivers of
 * an activity, and know nothing of places. Start at {@link io.gtrace.estimate.Estimator}; the
 * constants are data, fitted by the bench module or taken from the literature, in {@code
 * assumptions.csv}.
 */
@NullMarked
package io.gtrace.estimate;

import org.jspecify.annotations.NullMarked;
