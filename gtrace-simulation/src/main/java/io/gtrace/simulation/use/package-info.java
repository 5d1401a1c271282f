/**
 * What people do once they take part: sessions, outputs, and whether a service or the own device
 * makes them.
 */
@NullMarked
package io.gtrace.simulation.use;

import org.jspecify.annotations.NullMarked;
