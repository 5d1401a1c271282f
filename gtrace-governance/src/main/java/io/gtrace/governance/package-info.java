/**
 * What to do about the figures. {@code pyramid} says which of seven levels an organisation has
 * reached, {@code evidence} reads what it can show for it, {@code advice} finds what would have
 * cost less.
 */
@NullMarked
package io.gtrace.governance;

import org.jspecify.annotations.NullMarked;
