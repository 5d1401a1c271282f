/**
 * Measures the energy that a command takes on this machine: counters of the hardware, read while it
 * runs, and the share of them that is its own.
 */
@NullMarked
package io.gtrace.meter;

import org.jspecify.annotations.NullMarked;
