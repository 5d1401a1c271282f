/**
 * Uncertainty that is shared: factors are drawn jointly once, and every figure that uses a factor
 * uses the same draws. Start at {@link io.gtrace.uncertainty.Draws}.
 */
@NullMarked
package io.gtrace.uncertainty;

import org.jspecify.annotations.NullMarked;
