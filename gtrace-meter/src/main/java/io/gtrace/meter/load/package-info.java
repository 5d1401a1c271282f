/** How much of a machine a command uses: processor time and memory, of it and of all. */
@NullMarked
package io.gtrace.meter.load;

import org.jspecify.annotations.NullMarked;
