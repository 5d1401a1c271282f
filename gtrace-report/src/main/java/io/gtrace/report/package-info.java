/** Footprints and accounts as people and machines read them. */
@NullMarked
package io.gtrace.report;

import org.jspecify.annotations.NullMarked;
