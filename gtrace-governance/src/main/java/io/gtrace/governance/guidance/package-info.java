/**
 * What users, operators and regulators can do, in tonnes: each lever as a changed parameter of a
 * simulated wave, and as an action in one organisation's ledger. Start at {@link
 * io.gtrace.governance.guidance.Guidance}.
 */
@NullMarked
package io.gtrace.governance.guidance;

import org.jspecify.annotations.NullMarked;
