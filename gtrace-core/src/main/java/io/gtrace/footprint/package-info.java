/** What activities cost the climate: energy, carbon and water, each with a 90 % interval. */
@NullMarked
package io.gtrace.footprint;

import org.jspecify.annotations.NullMarked;
