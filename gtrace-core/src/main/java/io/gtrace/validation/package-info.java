/**
 * Estimates beside measurements, at the boundary of the accelerators: reads measured energies, asks
 * the laws for the same work, and says how far off they are and how often their intervals hold the
 * truth. Start at {@link io.gtrace.validation.Validation}.
 */
@NullMarked
package io.gtrace.validation;

import org.jspecify.annotations.NullMarked;
