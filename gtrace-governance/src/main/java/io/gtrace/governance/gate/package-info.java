/**
 * Checks that a pipeline asks for before a change goes on: a budget, a level, a score that must not
 * grow. Start at {@link io.gtrace.governance.gate.Gate}.
 */
@NullMarked
package io.gtrace.governance.gate;

import org.jspecify.annotations.NullMarked;
