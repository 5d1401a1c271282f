package io.gtrace.ratecard;

import io.gtrace.footprint.Impact;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a site turns energy into each impact over the whole year, as plain numbers. Shared by all
 * rows at the site. Compared by identity.
 */
public final class DrawnSite {
  private final Map<Impact, PerKwh> perKwh;
  private final @Nullable PerKwh[] byOrdinal = new PerKwh[Impact.values().length];

  /**
   * One impact of a kilowatt-hour.
   *
   * @param inside of energy used inside the facility, its overhead included
   * @param network of energy used on the network
   */
  public record PerKwh(Drawn inside, Drawn network) {}

  /**
   * @param perKwh the basic impacts that are known there, all but embodied carbon, which needs no
   *     site
   */
  public DrawnSite(Map<Impact, PerKwh> perKwh) {
    this.perKwh = Collections.unmodifiableMap(new EnumMap<>(perKwh));
    perKwh.forEach((impact, each) -> byOrdinal[impact.ordinal()] = each);
  }

  /** The impacts that are known there. */
  public Map<Impact, PerKwh> perKwh() {
    return perKwh;
  }

  @Nullable PerKwh perKwh(Impact impact) {
    return byOrdinal[impact.ordinal()];
  }
}
