package io.gtrace.spark;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Medians of tokens, in some tens of nanoseconds: what a model costs at a place in a year is found
 * by the bytes of their names and kept as plain numbers.
 */
final class MedianPricing implements TokenPricing {
  private static final long serialVersionUID = 1L;

  private static final long US_PER_HOUR = 3_600_000_000L;
  private static final int HOURS_OF_DAY = 24;
  private static final int WHOLE_YEAR = -1;
  private static final double MOST_REQUESTS = 1e9;
  private static final double MOST_TOKENS_OF_A_REQUEST = 1e9;

  /** A power of two; what does not fit is found in the card again. */
  private static final int KEPT = 1 << 14;

  private static final UTF8String NO_REGION = UTF8String.fromString("");

  private final Broadcast<SharedCard> shared;
  private final Impact impact;
  private transient Rates @Nullable [] kept;

  MedianPricing(Broadcast<SharedCard> shared, Impact impact) {
    this.shared = shared;
    this.impact = impact;
  }

  /**
   * What tokens of a model cost at a place in a year.
   *
   * @param byHour what goes by the hour, of a unit of each driver; the rest is in {@code always}
   * @param ratios of the hours of the year, empty where they are not told apart
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody; lives in the hot loop.
  private record Rates(
      UTF8String model,
      UTF8String region,
      int year,
      boolean known,
      double[] always,
      double[] byHour,
      double[] ratios) {
    boolean isOf(UTF8String otherModel, UTF8String otherRegion, int otherYear) {
      return year == otherYear && model.equals(otherModel) && region.equals(otherRegion);
    }

    double rate(int driver, double ratio) {
      return always[driver] + byHour[driver] * ratio;
    }
  }

  @Override
  public @Nullable Double price(
      @Nullable UTF8String model,
      @Nullable UTF8String region,
      long inputTokens,
      long outputTokens,
      long momentUs,
      long cachedInputTokens,
      long reasoningTokens,
      long requests) {
    if (model == null || (inputTokens == ABSENT && outputTokens == ABSENT)) {
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
    int year = 0;
    int slot = WHOLE_YEAR;
    if (momentUs != ABSENT) {
      long hour = Math.floorDiv(momentUs, US_PER_HOUR);
      long day = Math.floorDiv(hour, HOURS_OF_DAY);
      LocalDate date = LocalDate.ofEpochDay(day);
      year = date.getYear();
      slot = (date.getMonthValue() - 1) * HOURS_OF_DAY + (int) (hour - day * HOURS_OF_DAY);
    }
    Rates rates = rates(model, region == null ? NO_REGION : region, year);
    return rates.known()
        ? Double.valueOf(median(rates, slot, calls, input, cached, visible + reasoning))
        : null;
  }

  /** Volumes of drivers, as those of an activity, times rates. */
  private static double median(
      Rates rates, int slot, double requests, double input, double cached, double output) {
    double ratio = slot == WHOLE_YEAR || rates.ratios.length == 0 ? 1 : rates.ratios[slot];
    return requests * rates.rate(Driver.REQUESTS.ordinal(), ratio)
        + input * rates.rate(Driver.INPUT_TOKENS.ordinal(), ratio)
        + cached * rates.rate(Driver.CACHED_INPUT_TOKENS.ordinal(), ratio)
        + output * rates.rate(Driver.OUTPUT_TOKENS.ordinal(), ratio)
        + input
            * (cached + input / 2)
            / requests
            * rates.rate(Driver.INPUT_TOKEN_PAIRS.ordinal(), ratio)
        + output
            * (input + cached + output / 2)
            / requests
            * rates.rate(Driver.CONTEXT_TOKEN_READS.ordinal(), ratio);
  }

  private Rates rates(UTF8String model, UTF8String region, int year) {
    // Two threads may make the array, or a row, at once: then one of them is made again.
    Rates[] rows = kept;
    if (rows == null) {
      rows = new Rates[KEPT];
      kept = rows;
    }
    int hash = (model.hashCode() * 31 + region.hashCode()) * 31 + year;
    int place = (hash ^ (hash >>> 16)) & (KEPT - 1);
    Rates found = rows[place];
    if (found == null || !found.isOf(model, region, year)) {
      // The bytes of a name are those of a buffer that the next row overwrites.
      found = compiled(model.copy(), region.copy(), year);
      rows[place] = found;
    }
    return found;
  }

  private Rates compiled(UTF8String model, UTF8String region, int year) {
    RateCard card = shared.value().card();
    String name = model.toString();
    try {
      CardRow row =
          card.rowOfYear(
              name,
              ActivityPricing.modality(card, name),
              Site.parse(region.toString()),
              year == 0 ? OptionalInt.empty() : OptionalInt.of(year));
      Impact hourly = impact == Impact.CARBON_KG ? Impact.OPERATIONAL_LOCATION_BASED_KG : impact;
      boolean goesByHour =
          hourly == Impact.OPERATIONAL_LOCATION_BASED_KG
              || hourly == Impact.OPERATIONAL_MARKET_BASED_KG;
      double[] byHour = goesByHour ? perUnit(row, hourly) : new double[Driver.values().length];
      double[] always = perUnit(row, impact);
      for (int d = 0; d < always.length; d++) {
        always[d] -= byHour[d];
      }
      boolean known = !Double.isNaN(row.perUnit(Driver.REQUESTS, impact));
      return new Rates(
          model, region, year, known, always, byHour, ratios(card.hourRatios(row), hourly));
    } catch (IllegalArgumentException notPriced) {
      double[] none = {};
      return new Rates(model, region, year, false, none, none, none);
    }
  }

  private static double[] perUnit(CardRow row, Impact impact) {
    Driver[] drivers = Driver.values();
    double[] rates = new double[drivers.length];
    for (Driver driver : drivers) {
      rates[driver.ordinal()] = row.perUnit(driver, impact);
    }
    return rates;
  }

  private static double[] ratios(List<HourRatios> hours, Impact impact) {
    return hours.stream()
        .mapToDouble(hour ->
            impact == Impact.OPERATIONAL_MARKET_BASED_KG
                ? hour.marketBased()
                : hour.locationBased())
        .toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MedianPricing that
        && impact == that.impact
        && shared.id() == that.shared.id();
  }

  @Override
  public int hashCode() {
    return impact.hashCode();
  }

  @Override
  public String toString() {
    return "median of " + impact;
  }
}
