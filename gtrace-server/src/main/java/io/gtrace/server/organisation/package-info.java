/**
 * An organisation that the server keeps: its ledger, what came for it, and what can be asked of it.
 */
@NullMarked
package io.gtrace.server.organisation;

import org.jspecify.annotations.NullMarked;
