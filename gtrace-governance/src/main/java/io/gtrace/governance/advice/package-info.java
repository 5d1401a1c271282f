/**
 * What would have cost less: the work of a ledger replayed under changes, each valued on what the
 * changes before it left. Start at {@link io.gtrace.governance.advice.Replay} and {@link
 * io.gtrace.governance.advice.Plan}.
 */
@NullMarked
package io.gtrace.governance.advice;

import org.jspecify.annotations.NullMarked;
