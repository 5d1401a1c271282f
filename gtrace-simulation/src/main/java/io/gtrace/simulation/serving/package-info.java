/**
 * Serving: what makes the outputs of an hour, and what one costs under that hour's load. A {@link
 * io.gtrace.simulation.serving.FleetPlan} starts a fleet for each run; once an hour the fleet hears
 * the demand, switches accelerators on and off, and answers with what it accepted, how late it was
 * and how the energy of an output compares with the rate card.
 *
 * <p>A {@link io.gtrace.simulation.serving.Replica} makes outputs together by its {@link
 * io.gtrace.simulation.serving.BatchCurve}, which comes from the laws of the rate card; a queue of
 * birth and death over all replicas gives load, batch and delay. A fleet is described by one
 * typical output; how its load moves the energy of that moves the energy of all its outputs.
 */
@NullMarked
package io.gtrace.simulation.serving;

import org.jspecify.annotations.NullMarked;
