/** Models that are none: servers of this machine for tests and examples. */
@NullMarked
package io.gtrace.fake;

import org.jspecify.annotations.NullMarked;
