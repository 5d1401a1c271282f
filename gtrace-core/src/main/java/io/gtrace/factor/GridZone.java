package io.gtrace.factor;

import io.gtrace.trace.Provenance;
import java.util.List;
import java.util.Optional;

/**
 * An area that shares an electricity grid for accounting: a country, a part of one, a continent or
 * the world.
 *
 * @param id ISO 3166-1 alpha-2 for countries, {@code US-CA} for a state, {@code SE-SE3} for a
 *     bidding zone
 * @param kind world, continent, country, state, province, bidding-zone or balancing-area; of an
 *     unknown place country, part (of a country) or unknown
 * @param name name for people
 * @param parent the zone one level up, to fall back on; empty for the world
 * @param position a point inside it, where known
 */
public record GridZone(
    String id,
    String kind,
    String name,
    String parent,
    Optional<Position> position,
    List<String> aliases,
    Provenance provenance) {
  public GridZone {
    aliases = List.copyOf(aliases);
  }
}
