/**
 * Measures how fast G-TRACE is, beside the target of each figure and, where there is one, beside a
 * reference timed in the same run.
 */
@NullMarked
package io.gtrace.bench;

import org.jspecify.annotations.NullMarked;
