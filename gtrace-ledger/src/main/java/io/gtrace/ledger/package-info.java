/**
 * Reads real usage and accounts it: files become validated activity columns in the embedded
 * database, columns become volumes by cell, cells are priced with the rate card. What cannot be
 * read is kept in a quarantine file. Start at {@link io.gtrace.ledger.Account}.
 */
@NullMarked
package io.gtrace.ledger;

import org.jspecify.annotations.NullMarked;
