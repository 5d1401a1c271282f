package io.gtrace.spark;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Driver;
import io.gtrace.activity.Modality;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.DrawnRates;
import io.gtrace.ratecard.DrawnRow;
import io.gtrace.ratecard.DrawnSite;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Work on its way to a total: as large as there are models, places and years in it, however many
 * events there are. Priced as a whole, so that errors which events share stay shared. Not for
 * sharing between threads. Public as generated code of Spark names it.
 */
public final class SummedUsage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NO_YEAR = 0;
  private static final int DRIVERS = Driver.values().length;

  private final Map<Work, Sums> sums = new HashMap<>();

  SummedUsage() {}

  /** Work that meets one row of the card, hours not told apart. */
  private record Work(String model, Modality modality, String site, int year)
      implements Serializable {
    CardRow row(RateCard card) {
      return card.rowOfYear(
          model,
          modality,
          Site.parse(site),
          year == NO_YEAR ? OptionalInt.empty() : OptionalInt.of(year));
    }
  }

  /** Where rates and site are the same, models and places are the same under other names. */
  private record Meeting(DrawnRates rates, DrawnSite site, double variation) {
    static Meeting of(DrawnRow row) {
      return new Meeting(row.rates(), row.site(), row.variation());
    }

    DrawnRow row(String factorSet) {
      return new DrawnRow(factorSet, rates, site, HourRatios.OF_YEAR, variation);
    }
  }

  /** Volumes by driver, and those of each hour times what the hour is over the year. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody; grows in place.
  private record Sums(double[] volumes, double[] locationBased, double[] marketBased)
      implements Serializable {
    static Sums none() {
      return new Sums(new double[DRIVERS], new double[DRIVERS], new double[DRIVERS]);
    }

    void add(Volumes more, HourRatios hour) {
      for (int d = 0; d < DRIVERS; d++) {
        double volume = more.get(d);
        volumes[d] += volume;
        locationBased[d] += volume * hour.locationBased();
        marketBased[d] += volume * hour.marketBased();
      }
    }

    void add(Sums other) {
      for (int d = 0; d < DRIVERS; d++) {
        volumes[d] += other.volumes[d];
        locationBased[d] += other.locationBased[d];
        marketBased[d] += other.marketBased[d];
      }
    }
  }

  /**
   * Adds what somebody did.
   *
   * @throws IllegalArgumentException if the card cannot price it; nothing is added then
   */
  void add(RateCard card, Activity activity) {
    CardRow row = card.row(activity);
    Volumes volumes = activity.volumes(row.defaults());
    Work work =
        new Work(
            activity.subject(),
            activity.modality(),
            activity.context().site().label(),
            row.year().orElse(NO_YEAR));
    sums.computeIfAbsent(work, first -> Sums.none()).add(volumes, row.drawn().hour());
  }

  /** Adds all of another sum. */
  void add(SummedUsage other) {
    other.sums.forEach((work, more) -> sums.computeIfAbsent(work, first -> Sums.none()).add(more));
  }

  boolean isEmpty() {
    return sums.isEmpty();
  }

  /** What all of it costs, by the card that it was added with. */
  Footprint footprint(RateCard card) {
    Map<Meeting, Sums> totals = new LinkedHashMap<>();
    sums.forEach((work, sum) ->
        totals.computeIfAbsent(Meeting.of(work.row(card).drawn()), first -> Sums.none()).add(sum));
    PricedVolumes total = card.newSum();
    totals.forEach((meeting, sum) ->
        total.addHours(
            meeting.row(card.catalogue().factorSet()),
            volumes(sum.volumes()),
            volumes(sum.locationBased()),
            volumes(sum.marketBased())));
    return total.footprint();
  }

  private static Volumes volumes(double[] amounts) {
    Volumes.Builder volumes = new Volumes.Builder();
    for (Driver driver : Driver.values()) {
      volumes.add(driver, amounts[driver.ordinal()]);
    }
    return volumes.build();
  }
}
