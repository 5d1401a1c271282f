package io.gtrace.ratecard;

import io.gtrace.factor.Factor;
import io.gtrace.footprint.Impact;
import io.gtrace.uncertainty.Draws;
import java.util.Arrays;

/**
 * How a site turns kWh inside the facility and kWh of the network into each impact: per kWh, at the
 * medians and in each draw, over the whole year. Shared by all rows at the site.
 */
final class SiteDraws {
  private static final int BASIC = Impact.CARBON_KG.ordinal();

  private final SiteFactors site;
  private final double[] insideMedian = new double[BASIC];
  private final double[] networkMedian = new double[BASIC];
  private final double[][] inside = new double[BASIC][];
  private final double[][] network = new double[BASIC][];

  SiteDraws(SiteFactors site, Draws draws) {
    this.site = site;
    double[] pue = drawn(site.pue(), draws);
    double[] one = new double[draws.count()];
    Arrays.fill(one, 1);
    double pueMedian = site.pue().median();
    put(Impact.ENERGY_KWH, pueMedian, pue, 1, one);
    putGrid(Impact.OPERATIONAL_LOCATION_BASED_KG, site, site.locationKgPerKwh(), draws);
    site.marketKgPerKwh()
        .ifPresent(f -> putGrid(Impact.OPERATIONAL_MARKET_BASED_KG, site, f, draws));
    site.marginalKgPerKwh().ifPresent(f -> putGrid(Impact.MARGINAL_KG, site, f, draws));
    putGrid(Impact.WATER_ELECTRICITY_L, site, site.gridWaterLPerKwh(), draws);
    put(
        Impact.WATER_ON_SITE_L,
        site.wueLPerKwh().median(),
        drawn(site.wueLPerKwh(), draws),
        0,
        new double[draws.count()]);
  }

  private void putGrid(Impact impact, SiteFactors site, Factor perKwh, Draws draws) {
    double[] network = drawn(perKwh, draws);
    double[] inside = drawn(site.pue(), draws);
    for (int k = 0; k < inside.length; k++) {
      inside[k] *= network[k];
    }
    double median = perKwh.median();
    put(impact, site.pue().median() * median, inside, median, network);
  }

  private void put(
      Impact impact,
      double insideAtMedian,
      double[] insideDraws,
      double networkAtMedian,
      double[] networkDraws) {
    insideMedian[impact.ordinal()] = insideAtMedian;
    networkMedian[impact.ordinal()] = networkAtMedian;
    inside[impact.ordinal()] = insideDraws;
    network[impact.ordinal()] = networkDraws;
  }

  private static double[] drawn(Factor factor, Draws draws) {
    return draws.of(factor.id(), factor.scatter());
  }

  SiteFactors site() {
    return site;
  }

  /** Whether the site knows what the impact needs; embodied carbon needs nothing of it. */
  boolean knows(Impact impact) {
    return inside[impact.ordinal()] != null;
  }

  double perInsideKwh(Impact impact) {
    return insideMedian[impact.ordinal()];
  }

  double perNetworkKwh(Impact impact) {
    return networkMedian[impact.ordinal()];
  }

  double[] perInsideKwhDraws(Impact impact) {
    return inside[impact.ordinal()];
  }

  double[] perNetworkKwhDraws(Impact impact) {
    return network[impact.ordinal()];
  }
}
