package io.gtrace.spark;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Finds what tokens of a model cost at a place in an hour, by the bytes of their names. Apart from
 * {@link MedianRates#price}, so that Spark looks once for all functions that price the same row.
 * Safe for use by many threads.
 */
public final class RateLookup implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No moment: the newest year as a whole. */
  static final int NO_HOUR = Integer.MIN_VALUE;

  private static final long US_PER_HOUR = 3_600_000_000L;
  private static final int HOURS_OF_DAY = 24;
  private static final int SLOTS = 12 * HOURS_OF_DAY;

  /** A power of two; what does not fit is found in the card again. */
  private static final int KEPT = 1 << 14;

  private static final UTF8String NO_REGION = UTF8String.fromString("");
  private static final Impact[] IMPACTS = Impact.values();

  private final Broadcast<SharedCard> shared;
  private transient Known @Nullable [] kept;

  RateLookup(Broadcast<SharedCard> shared) {
    this.shared = shared;
  }

  /** Rates under the names and the hour that they were asked for. */
  private record Known(UTF8String model, UTF8String region, int year, MedianRates rates) {
    boolean isOf(UTF8String otherModel, UTF8String otherRegion, int otherYear) {
      return year == otherYear && model.equals(otherModel) && region.equals(otherRegion);
    }
  }

  /**
   * The year of a moment, with the month and the hour of the day in UTC.
   *
   * @param momentUs microseconds since 1970; {@link TokenPricing#ABSENT} for none
   */
  public int hour(long momentUs) {
    if (momentUs == TokenPricing.ABSENT) {
      return NO_HOUR;
    }
    long hour = Math.floorDiv(momentUs, US_PER_HOUR);
    long day = Math.floorDiv(hour, HOURS_OF_DAY);
    LocalDate date = LocalDate.ofEpochDay(day);
    int slot = (date.getMonthValue() - 1) * HOURS_OF_DAY + (int) (hour - day * HOURS_OF_DAY);
    return date.getYear() * SLOTS + slot;
  }

  /** The place of an hour among those of its year. */
  static int slot(int hour) {
    return Math.floorMod(hour, SLOTS);
  }

  /**
   * The rates of a model at a place.
   *
   * @param model as the log names it; null is priced by nothing
   * @param region null for wherever the provider usually runs the model
   * @param hour as {@link #hour} tells it
   */
  public MedianRates find(@Nullable UTF8String model, @Nullable UTF8String region, int hour) {
    if (model == null) {
      return MedianRates.UNKNOWN;
    }
    UTF8String place = region == null ? NO_REGION : region;
    int year = hour == NO_HOUR ? NO_HOUR : Math.floorDiv(hour, SLOTS);
    // Two threads may make the array, or a row, at once: then one of them is made again.
    Known[] rows = kept;
    if (rows == null) {
      rows = new Known[KEPT];
      kept = rows;
    }
    int hash = (model.hashCode() * 31 + place.hashCode()) * 31 + year;
    int at = (hash ^ (hash >>> 16)) & (KEPT - 1);
    Known found = rows[at];
    if (found == null || !found.isOf(model, place, year)) {
      // The bytes of a name are those of a buffer that the next row overwrites.
      found = new Known(model.copy(), place.copy(), year, compiled(model, place, year));
      rows[at] = found;
    }
    return found.rates();
  }

  private MedianRates compiled(UTF8String model, UTF8String region, int year) {
    RateCard card = shared.value().card();
    String name = model.toString();
    try {
      CardRow row =
          card.rowOfYear(
              name,
              ActivityPricing.modality(card, name),
              Site.parse(region.toString()),
              year == NO_HOUR ? OptionalInt.empty() : OptionalInt.of(year));
      double[][] perUnit = new double[IMPACTS.length][];
      for (Impact impact : IMPACTS) {
        perUnit[impact.ordinal()] = perUnit(row, impact);
      }
      List<HourRatios> hours = card.hourRatios(row);
      return new MedianRates(
          perUnit,
          hours.stream().mapToDouble(HourRatios::locationBased).toArray(),
          hours.stream().mapToDouble(HourRatios::marketBased).toArray());
    } catch (IllegalArgumentException notPriced) {
      return MedianRates.UNKNOWN;
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

  @Override
  public boolean equals(Object other) {
    return other instanceof RateLookup that && shared.id() == that.shared.id();
  }

  @Override
  public int hashCode() {
    return Long.hashCode(shared.id());
  }

  @Override
  public String toString() {
    return "rates";
  }
}
