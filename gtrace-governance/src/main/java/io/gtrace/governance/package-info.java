/**
 * What to do about the figures. {@code evidence} and {@code profile} read what an organisation
 * says, {@code facts} joins it with its ledger; {@code pyramid} says which of seven levels it has
 * reached, {@code gate} whether a change may go on, {@code disclosure} what it reports; {@code
 * advice} and {@code routing} find what would cost less, {@code guidance} what levers of policy do.
 */
@NullMarked
package io.gtrace.governance;

import org.jspecify.annotations.NullMarked;
