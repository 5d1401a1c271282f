package io.gtrace.ledger.query;

import io.gtrace.factor.Position;
import java.util.Optional;

/**
 * A site at which something in the ledger ran.
 *
 * @param id as {@link GroupBy#REGION} gives it
 * @param name name for people
 * @param zoneName name of the grid zone that feeds it
 * @param position a point on the globe, where known
 */
public record StoredSite(String id, String name, String zoneName, Optional<Position> position) {}
