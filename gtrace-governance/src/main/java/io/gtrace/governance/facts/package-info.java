/**
 * What is known about an organisation in a period, from its ledger, its profile and its evidence:
 * what indicators and disclosures are computed from. Start at {@link
 * io.gtrace.governance.facts.Facts}.
 */
@NullMarked
package io.gtrace.governance.facts;

import org.jspecify.annotations.NullMarked;
