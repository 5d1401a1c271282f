/** Figures of the ledger and of the server itself, for Prometheus and what reads its format. */
@NullMarked
package io.gtrace.server.metrics;

import org.jspecify.annotations.NullMarked;
