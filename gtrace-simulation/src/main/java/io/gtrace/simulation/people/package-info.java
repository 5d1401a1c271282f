/** Who could take part: people by country, and when they are awake. */
@NullMarked
package io.gtrace.simulation.people;

import org.jspecify.annotations.NullMarked;
