/** The live ledger: one process that takes usage, answers questions and shows pages. */
@NullMarked
package io.gtrace.server;

import org.jspecify.annotations.NullMarked;
