/** The door: {@link io.gtrace.GTrace} estimates what an activity costs, in one line. */
@NullMarked
package io.gtrace;

import org.jspecify.annotations.NullMarked;
