/** Who calls, and what they may do. */
@NullMarked
package io.gtrace.server.access;

import org.jspecify.annotations.NullMarked;
