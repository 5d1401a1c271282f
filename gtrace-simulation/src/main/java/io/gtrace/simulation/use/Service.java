package io.gtrace.simulation.use;

import io.gtrace.simulation.Within;
import java.util.List;
import java.util.Optional;

/**
 * A service that makes outputs in data centres.
 *
 * @param id short name
 * @param regions where it does; at least one, shares add up to 1
 * @param access who may make how much, by the hour from which it holds; at least one
 * @param cache what it need not make anew
 * @param timetable where it works by the hour; empty if always in the shares of its regions
 */
public record Service(
    String id,
    List<Region> regions,
    List<AccessRule> access,
    Cache cache,
    Optional<Timetable> timetable) {
  public Service {
    regions = List.copyOf(regions);
    access = List.copyOf(access);
    if (access.isEmpty()) {
      throw new IllegalArgumentException("service " + id + " needs a rule of access");
    }
    Within.requireWhole(
        "shares of the regions of " + id, regions.stream().map(Region::share).toList());
    for (Region region : regions) {
      Within.require(
          "most that " + region.site() + " takes", region.mostShare(), region.share(), 1);
    }
  }

  /** One that makes everything anew, always in the same shares. */
  public Service(String id, List<Region> regions, List<AccessRule> access) {
    this(id, regions, access, Cache.NONE, Optional.empty());
  }

  /**
   * A region of a service.
   *
   * @param site as the rate card names it
   * @param share of the service's sessions, 0 to 1
   * @param mostShare that it takes in any hour, at least its share
   */
  public record Region(String site, double share, double mostShare) {
    /** One that always takes the same share. */
    public Region(String site, double share) {
      this(site, share, share);
    }
  }
}
