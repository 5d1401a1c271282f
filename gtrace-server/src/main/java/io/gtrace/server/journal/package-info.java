/**
 * What was acknowledged and is not in a ledger yet: files of lines that outlive the process. Lines
 * of many senders reach the disk together, and files become batches of the ledger one after the
 * other.
 */
@NullMarked
package io.gtrace.server.journal;

import org.jspecify.annotations.NullMarked;
