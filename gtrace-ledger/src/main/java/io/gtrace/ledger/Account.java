package io.gtrace.ledger;

import io.gtrace.factor.Position;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A body of usage, priced: its total and its split along each dimension.
 *
 * @param title what was accounted, for people
 * @param total everything together
 * @param lines the split along each dimension, largest carbon first; hours in order of time; the
 *     figures of each split add up to the total
 * @param places where the sites are, by site
 * @param first the earliest activity, where times are known
 * @param last the latest activity, where times are known
 * @param notes fallbacks and assumptions that a reader must know
 * @param refused rows that were not accounted
 * @param knownParts of an impact that is known of some work and not of all: the footprint of the
 *     work of which it is; no entry for an impact that is known of all or of none
 */
public record Account(
    String title,
    Line total,
    Map<Dimension, List<Line>> lines,
    Map<String, Place> places,
    Optional<Instant> first,
    Optional<Instant> last,
    List<String> notes,
    long refused,
    Map<Impact, Footprint> knownParts) {

  public Account {
    lines = Map.copyOf(lines);
    places = Map.copyOf(places);
    notes = List.copyOf(notes);
    knownParts = Map.copyOf(knownParts);
  }

  /** The lines of one dimension; empty if nothing was accounted. */
  public List<Line> by(Dimension dimension) {
    return lines.getOrDefault(dimension, List.of());
  }

  /**
   * One part of the account.
   *
   * @param key the model, team, app, site, hour (ISO 8601, UTC) or modality; empty if not known
   * @param activities how many activities
   * @param requests how many calls they were
   * @param tokens input, cached input, output and reasoning tokens together
   * @param footprint what they cost
   */
  public record Line(
      String key, long activities, double requests, double tokens, Footprint footprint) {}

  /**
   * A site on the map.
   *
   * @param name name for people
   * @param zone grid zone that feeds it
   * @param position a point on the globe, where known
   */
  public record Place(String name, String zone, Optional<Position> position) {}
}
