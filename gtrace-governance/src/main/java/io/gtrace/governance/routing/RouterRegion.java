package io.gtrace.governance.routing;

import io.gtrace.factor.Position;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.routing.RouterRates.Request;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.DrawnSite;
import io.gtrace.ratecard.DrawnSite.PerKwh;
import io.gtrace.ratecard.HourRatios;
import java.util.List;
import java.util.Optional;

/** What one site turns the energy of a request into. */
final class RouterRegion {
  private final CardRow row;

  /** Place of its rates among those of the router. */
  private final int rates;

  private final double insideKg;
  private final double networkKg;
  private final double[] insideKgDraws;
  private final double[] networkKgDraws;

  /** The ratio of each hour to the year; empty where hours are not told apart. */
  private final double[] ratios;

  /**
   * @param row of the whole year
   * @param hours in the order of slots; empty where hours are not told apart
   * @param rates place of its rates among those of the router
   */
  RouterRegion(CardRow row, List<HourRatios> hours, int rates) {
    this.row = row;
    this.rates = rates;
    ratios = hours.stream().mapToDouble(HourRatios::locationBased).toArray();
    PerKwh carbon = perKwh(Impact.OPERATIONAL_LOCATION_BASED_KG);
    insideKg = carbon.inside().median();
    networkKg = carbon.network().median();
    insideKgDraws = carbon.inside().draws();
    networkKgDraws = carbon.network().draws();
  }

  private PerKwh perKwh(Impact basic) {
    DrawnSite site = row.drawn().site();
    return Optional.ofNullable(site.perKwh().get(basic)).orElseThrow();
  }

  String id() {
    return row.site();
  }

  int rates() {
    return rates;
  }

  Optional<Position> position() {
    return row.position();
  }

  boolean hoursKnown() {
    return ratios.length > 0;
  }

  double ratio(int slot) {
    return ratios.length == 0 ? 1 : ratios[slot];
  }

  double carbonKg(Request request, double ratio) {
    return (request.insideKwh * insideKg + request.networkKwh * networkKg) * ratio
        + request.embodiedKg;
  }

  /** Sets the carbon of each draw. */
  void drawCarbonKg(double[] target, Request request, double ratio) {
    double[] inside = request.insideKwhDraws;
    double[] network = request.networkKwhDraws;
    double[] embodied = request.embodiedKgDraws;
    for (int k = 0; k < target.length; k++) {
      target[k] =
          (inside[k] * insideKgDraws[k] + network[k] * networkKgDraws[k]) * ratio + embodied[k];
    }
  }

  double energyKwh(Request request) {
    return median(request, Impact.ENERGY_KWH);
  }

  double waterL(Request request) {
    return median(request, Impact.WATER_ON_SITE_L) + median(request, Impact.WATER_ELECTRICITY_L);
  }

  private double median(Request request, Impact basic) {
    PerKwh perKwh = perKwh(basic);
    return request.insideKwh * perKwh.inside().median()
        + request.networkKwh * perKwh.network().median();
  }
}
