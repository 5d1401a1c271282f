package io.gtrace.ledger.trend;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How a file is to be read, where its content does not say.
 *
 * @param zone the clock of times without offset
 * @param kind what its figures are; empty to tell it from the content
 * @param cumulative whether a figure is the total so far: then counts are the differences
 * @param now periods that end later are partial
 */
public record ReadingOptions(
    ZoneId zone, Optional<SignalKind> kind, boolean cumulative, Instant now) {}
