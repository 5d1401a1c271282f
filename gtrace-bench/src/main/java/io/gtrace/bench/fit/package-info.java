/**
 * Fits the laws of the estimators to the measurements beside this package and says how they do on
 * models that the fit has not seen. Start at {@link io.gtrace.bench.fit.FitLaws}.
 */
@NullMarked
package io.gtrace.bench.fit;

import org.jspecify.annotations.NullMarked;
