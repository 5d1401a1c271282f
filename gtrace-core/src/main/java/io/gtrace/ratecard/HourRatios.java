package io.gtrace.ratecard;

import io.gtrace.footprint.Impact;

/**
 * What a kilowatt-hour costs in an hour over what it costs in the mean of the year. Location-based
 * and market-based carbon go by clocks of their own, that of the grid and that of the contract; no
 * other impact is known by the hour.
 *
 * @param locationBased average carbon of the grid then over that of the year
 * @param marketBased share of consumption that no contracted clean energy matches then, over that
 *     of the year
 */
public record HourRatios(double locationBased, double marketBased) {
  /** The year as a whole. */
  public static final HourRatios OF_YEAR = new HourRatios(1, 1);

  /** The ratio of an impact that is no sum of others. */
  public double of(Impact basic) {
    return switch (basic) {
      case OPERATIONAL_LOCATION_BASED_KG -> locationBased;
      case OPERATIONAL_MARKET_BASED_KG -> marketBased;
      default -> 1;
    };
  }
}
