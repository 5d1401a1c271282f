package io.gtrace.simulation.use;

import io.gtrace.simulation.Within;
import java.util.List;

/**
 * A service that makes outputs in data centres.
 *
 * @param id short name
 * @param regions where it does; at least one, shares add up to 1
 * @param access who may make how much, by the hour from which it holds; at least one
 */
public record Service(String id, List<Region> regions, List<AccessRule> access) {
  public Service {
    regions = List.copyOf(regions);
    access = List.copyOf(access);
    if (access.isEmpty()) {
      throw new IllegalArgumentException("service " + id + " needs a rule of access");
    }
    Within.requireWhole(
        "shares of the regions of " + id, regions.stream().map(Region::share).toList());
  }

  /**
   * A region of a service.
   *
   * @param site as the rate card names it
   * @param share of the service's sessions, 0 to 1
   */
  public record Region(String site, double share) {}
}
