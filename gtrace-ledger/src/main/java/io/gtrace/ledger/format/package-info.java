/**
 * Formats of usage as data: what a provider, gateway, tool or scheduler writes is told by one small
 * YAML definition, in which fields its records are and how columns of usage come of them. The
 * shipped definitions stand beside this package; a user's own mapping file is written alike. Start
 * at {@link io.gtrace.ledger.format.FormatDefinition}.
 */
@NullMarked
package io.gtrace.ledger.format;

import org.jspecify.annotations.NullMarked;
