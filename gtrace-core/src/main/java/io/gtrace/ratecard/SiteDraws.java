package io.gtrace.ratecard;

import io.gtrace.factor.Factor;
import io.gtrace.footprint.Impact;
import io.gtrace.uncertainty.Draws;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** The factors of a site and what they compile to. */
record SiteDraws(SiteFactors site, DrawnSite drawn) {

  /** Computes each impact of a kilowatt-hour at the medians of the factors and in each draw. */
  static SiteDraws compiled(SiteFactors site, Draws draws) {
    double[] one = new double[draws.count()];
    Arrays.fill(one, 1);
    Map<Impact, DrawnSite.PerKwh> perKwh = new EnumMap<>(Impact.class);
    perKwh.put(
        Impact.ENERGY_KWH, new DrawnSite.PerKwh(drawn(site.pue(), draws), new Drawn(1, one)));
    perKwh.put(Impact.OPERATIONAL_LOCATION_BASED_KG, ofGrid(site, site.locationKgPerKwh(), draws));
    site.marketKgPerKwh()
        .map(f -> scaled(ofGrid(site, f, draws), site.unmatchedShare()))
        .ifPresent(each -> perKwh.put(Impact.OPERATIONAL_MARKET_BASED_KG, each));
    site.marginalKgPerKwh().ifPresent(f -> perKwh.put(Impact.MARGINAL_KG, ofGrid(site, f, draws)));
    perKwh.put(Impact.WATER_ELECTRICITY_L, ofGrid(site, site.gridWaterLPerKwh(), draws));
    perKwh.put(
        Impact.WATER_ON_SITE_L,
        new DrawnSite.PerKwh(
            drawn(site.wueLPerKwh(), draws), new Drawn(0, new double[draws.count()])));
    return new SiteDraws(site, new DrawnSite(perKwh));
  }

  private static DrawnSite.PerKwh ofGrid(SiteFactors site, Factor perKwh, Draws draws) {
    Drawn network = drawn(perKwh, draws);
    Drawn pue = drawn(site.pue(), draws);
    double[] inside = pue.draws();
    for (int k = 0; k < inside.length; k++) {
      inside[k] *= network.draws()[k];
    }
    return new DrawnSite.PerKwh(new Drawn(pue.median() * network.median(), inside), network);
  }

  private static DrawnSite.PerKwh scaled(DrawnSite.PerKwh perKwh, double share) {
    return share == 1
        ? perKwh
        : new DrawnSite.PerKwh(perKwh.inside().times(share), perKwh.network().times(share));
  }

  private static Drawn drawn(Factor factor, Draws draws) {
    return new Drawn(factor.median(), draws.of(factor.id(), factor.scatter()));
  }
}
