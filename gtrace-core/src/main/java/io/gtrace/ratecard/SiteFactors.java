package io.gtrace.ratecard;

import io.gtrace.estimate.Deployment;
import io.gtrace.factor.Factor;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Position;
import io.gtrace.site.MatchedHours;
import java.util.Optional;

/**
 * What turns the energy of hardware at a site into electricity, carbon and water.
 *
 * @param id the site, unique over the card: {@code aws/eu-west-3}, {@code FR}, {@code rtx-4090@DE}
 * @param name name for people
 * @param zone the grid zone that feeds it
 * @param position where it is drawn on a map
 * @param deployment the hardware there
 * @param pue power usage effectiveness; exactly 1 for an edge device
 * @param wueLPerKwh litres evaporated on site for each kWh of IT energy
 * @param locationKgPerKwh life-cycle average carbon of the grid
 * @param marketKgPerKwh carbon by contract or residual mix, where known
 * @param matchedHours what clean energy matches hour by hour; the carbon of the market is that of
 *     the rest
 * @param marginalKgPerKwh operating margin of the grid, where known
 * @param gridWaterLPerKwh water to make the electricity
 */
record SiteFactors(
    String id,
    String name,
    GridZone zone,
    Optional<Position> position,
    Deployment deployment,
    Factor pue,
    Factor wueLPerKwh,
    Factor locationKgPerKwh,
    Optional<Factor> marketKgPerKwh,
    Optional<MatchedHours> matchedHours,
    Optional<Factor> marginalKgPerKwh,
    Factor gridWaterLPerKwh) {

  /** The same where clean energy matches a part of the consumption hour by hour. */
  SiteFactors matching(MatchedHours hours) {
    return new SiteFactors(
        id,
        name,
        zone,
        position,
        deployment,
        pue,
        wueLPerKwh,
        locationKgPerKwh,
        marketKgPerKwh,
        Optional.of(hours),
        marginalKgPerKwh,
        gridWaterLPerKwh);
  }

  /** Share of a year's consumption that the carbon of the market applies to. */
  double unmatchedShare() {
    return matchedHours.map(hours -> 1 - hours.shareOfYear()).orElse(1.0);
  }
}
