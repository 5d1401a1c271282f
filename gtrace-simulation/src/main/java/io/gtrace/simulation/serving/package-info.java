/**
 * What serves the demand of an hour: fleets of accelerators, and the energy of an output under
 * their load.
 */
@NullMarked
package io.gtrace.simulation.serving;

import org.jspecify.annotations.NullMarked;
