package io.gtrace.ledger.query;

import java.util.List;
import java.util.Optional;

/**
 * Sums of cells at one row of the card, at one place along dimensions.
 *
 * @param keys in the order of the dimensions: texts, hours as moments; empty texts where not known
 * @param card the numbers that price it
 * @param activities less than nothing where it takes back what others booked
 * @param cardRow the row without its volumes; empty where nobody asks for it
 */
record Summed(
    List<Object> keys,
    CardNumbers card,
    long activities,
    Amounts amounts,
    Optional<Work> cardRow) {}
