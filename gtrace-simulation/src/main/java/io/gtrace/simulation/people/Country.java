package io.gtrace.simulation.people;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What is known of the people of a country.
 *
 * @param id ISO 3166-1 alpha-2, as grid zones are named
 * @param name for people
 * @param internetUsers people who use the internet
 * @param assistantShare share of the world's users of AI assistants, 0 to 1
 * @param timeZones where they live; shares add up to 1
 * @param ownership share of internet users that own a device able to run a model, by class of
 *     device: {@code phone}, {@code laptop}, {@code home-gpu}
 */
public record Country(
    String id,
    String name,
    long internetUsers,
    double assistantShare,
    List<Zone> timeZones,
    Map<String, Double> ownership) {
  public Country {
    timeZones = List.copyOf(timeZones);
    ownership = Map.copyOf(ownership);
  }

  /**
   * A time zone.
   *
   * @param share of the country's people, 0 to 1
   */
  public record Zone(ZoneId id, double share) {}
}
