/**
 * The ledger on disk: a folder of sealed batches. A batch is a set of Parquet files and a seal that
 * states their digests, counts and sums and the digest of the seal before it; the file {@code HEAD}
 * names the newest one, and replacing it is the one step that makes a batch part of the ledger. So
 * a ledger is always as before a batch or as after it. Start at {@link
 * io.gtrace.ledger.store.Ledger}.
 */
@NullMarked
package io.gtrace.ledger.store;

import org.jspecify.annotations.NullMarked;
