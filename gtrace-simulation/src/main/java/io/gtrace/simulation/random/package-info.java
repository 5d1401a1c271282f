/**
 * Chance, person by person. Every draw belongs to a person, a purpose and an occasion, so a run is
 * the same whatever the number of threads, and two scenarios differ only by what was changed.
 */
@NullMarked
package io.gtrace.simulation.random;

import org.jspecify.annotations.NullMarked;
