/**
 * What tells the energy of parts of a machine: counters of processors, memory and graphics cards,
 * powers that are integrated where there are no counters, and a model by how busy a processor is
 * where there is neither.
 */
@NullMarked
package io.gtrace.meter.counter;

import org.jspecify.annotations.NullMarked;
