package io.gtrace.spark;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import org.jspecify.annotations.Nullable;

/**
 * What tokens of a model cost at a place in a year, with every factor at its median, as plain
 * numbers: a price takes some tens of nanoseconds. Immutable.
 */
public final class MedianRates {
  /** Those of what cannot be priced. */
  static final MedianRates UNKNOWN = new MedianRates(new double[0][], new double[0], new double[0]);

  private static final double MOST_REQUESTS = 1e9;
  private static final double MOST_TOKENS_OF_A_REQUEST = 1e9;
  private static final int CARBON = Impact.CARBON_KG.ordinal();
  private static final int LOCATION_BASED = Impact.OPERATIONAL_LOCATION_BASED_KG.ordinal();
  private static final int MARKET_BASED = Impact.OPERATIONAL_MARKET_BASED_KG.ordinal();

  private final double[][] perUnit;
  private final double[] locationBased;
  private final double[] marketBased;

  /**
   * @param perUnit of each impact, by driver; none where nothing can be priced
   * @param locationBased ratios of the hours of the year; empty where they are not told apart
   * @param marketBased the same of contracts
   */
  MedianRates(double[][] perUnit, double[] locationBased, double[] marketBased) {
    this.perUnit = perUnit;
    this.locationBased = locationBased;
    this.marketBased = marketBased;
  }

  /**
   * The price of some tokens; amounts as those of {@link TokenPricing#price}.
   *
   * @param impact its place among impacts
   * @param hour as {@link RateLookup#hour} tells it
   * @return null where that is no usage, or the impact is not known of it
   */
  public @Nullable Double price(
      int impact,
      int hour,
      long inputTokens,
      long outputTokens,
      long cachedInputTokens,
      long reasoningTokens,
      long requests) {
    if (perUnit.length == 0
        || (inputTokens == TokenPricing.ABSENT && outputTokens == TokenPricing.ABSENT)) {
      return null;
    }
    double calls = (double) TokenPricing.or(requests, 1);
    double input = (double) TokenPricing.or(inputTokens, 0);
    double cached = (double) TokenPricing.or(cachedInputTokens, 0);
    double visible = (double) TokenPricing.or(outputTokens, 0);
    double reasoning = (double) TokenPricing.or(reasoningTokens, 0);
    double most = calls * MOST_TOKENS_OF_A_REQUEST;
    if (!(calls >= 1 && calls <= MOST_REQUESTS)
        || Math.min(Math.min(input, cached), Math.min(visible, reasoning)) < 0
        || Math.max(Math.max(input, cached), Math.max(visible, reasoning)) > most) {
      return null;
    }
    double price = overYear(perUnit[impact], calls, input, cached, visible + reasoning);
    double ratio = ratio(impact == CARBON ? LOCATION_BASED : impact, hour);
    if (ratio != 1) {
      // Of carbon, only the part of the grid goes by the hour.
      double hourly =
          impact == CARBON
              ? overYear(perUnit[LOCATION_BASED], calls, input, cached, visible + reasoning)
              : price;
      price += (ratio - 1) * hourly;
    }
    return Double.isNaN(price) ? null : Double.valueOf(price);
  }

  private double ratio(int hourly, int hour) {
    double[] ratios =
        hourly == LOCATION_BASED
            ? locationBased
            : hourly == MARKET_BASED ? marketBased : UNKNOWN.locationBased;
    return hour == RateLookup.NO_HOUR || ratios.length == 0 ? 1 : ratios[RateLookup.slot(hour)];
  }

  /** Volumes of drivers, as those of an activity, times rates. */
  private static double overYear(
      double[] rates, double requests, double input, double cached, double output) {
    return requests * rates[Driver.REQUESTS.ordinal()]
        + input * rates[Driver.INPUT_TOKENS.ordinal()]
        + cached * rates[Driver.CACHED_INPUT_TOKENS.ordinal()]
        + output * rates[Driver.OUTPUT_TOKENS.ordinal()]
        + input * (cached + input / 2) / requests * rates[Driver.INPUT_TOKEN_PAIRS.ordinal()]
        + output
            * (input + cached + output / 2)
            / requests
            * rates[Driver.CONTEXT_TOKEN_READS.ordinal()];
  }
}
