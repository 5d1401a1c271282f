/**
 * Disclosures: what standards and laws ask an organisation to tell about its AI, filled from what
 * is known. {@code disclosures.yaml} says which fields each form has, where they come from and
 * which rules hold between them; figures are functions in one registry, each with the question to
 * the ledger that gives it. Start at {@link io.gtrace.governance.disclosure.Standards} and {@link
 * io.gtrace.governance.disclosure.Form}.
 */
@NullMarked
package io.gtrace.governance.disclosure;

import org.jspecify.annotations.NullMarked;
