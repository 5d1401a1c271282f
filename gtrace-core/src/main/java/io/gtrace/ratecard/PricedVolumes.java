package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A sum of work that met many rows of a card. Work at the same rates and site is summed as volumes
 * first, so that the draws of a million cells cost what a few rows cost, and errors that the cells
 * share stay shared. Not for sharing between threads.
 */
public final class PricedVolumes {
  private static final int BASIC = Impact.CARBON_KG.ordinal();
  private static final int DRIVERS = Driver.values().length;

  private final String factorSet;
  private final int drawCount;
  private final Map<Meeting, Sum> sums = new LinkedHashMap<>();
  private final double[] medians = new double[BASIC];
  private double variationKwh2;

  /** One set of rates at one site; both are shared by all rows that meet there. */
  private record Meeting(DrawnRates rates, DrawnSite site) {}

  private static final class Sum {
    final double[] volumes = new double[DRIVERS];

    /** Volumes times the ratio of their hour to the year. */
    final double[] hourly = new double[DRIVERS];
  }

  /**
   * Nothing, at first.
   *
   * @param factorSet digest of the factors behind all rows that will be added
   * @param drawCount joint draws of each of their numbers
   */
  public PricedVolumes(String factorSet, int drawCount) {
    this.factorSet = factorSet;
    this.drawCount = drawCount;
  }

  /** Adds work at the rates of a row of the same card. */
  public void add(CardRow row, Volumes volumes) {
    add(row.drawn(), volumes);
  }

  /** Adds work at the rates of a row of the same factor set and draws. */
  public void add(DrawnRow row, Volumes volumes) {
    double ratio = row.hourRatio();
    add(row, volumes, driver -> volumes.get(driver) * ratio);
    double before = medians[Impact.ENERGY_KWH.ordinal()];
    row.addMedians(medians, volumes);
    addVariation(row, volumes, before);
  }

  /**
   * Adds work of many hours at the rates of a row that stands for the whole year.
   *
   * @param weighted the volumes of each hour times the carbon of the grid in that hour over that of
   *     the year, summed
   */
  public void addHours(DrawnRow row, Volumes volumes, Volumes weighted) {
    add(row, volumes, weighted::get);
    double[] ofYear = new double[BASIC];
    double[] ofHours = new double[BASIC];
    row.addMedians(ofYear, volumes);
    row.addMedians(ofHours, weighted);
    double before = medians[Impact.ENERGY_KWH.ordinal()];
    for (int i = 0; i < BASIC; i++) {
      // Location-based carbon alone goes by the hour.
      boolean byHour = i == Impact.OPERATIONAL_LOCATION_BASED_KG.ordinal();
      medians[i] += byHour ? ofHours[i] : ofYear[i];
    }
    addVariation(row, volumes, before);
  }

  private void add(DrawnRow row, Volumes volumes, ToDoubleFunction<Driver> weighted) {
    Sum sum = sums.computeIfAbsent(new Meeting(row.rates(), row.site()), meeting -> new Sum());
    for (Driver driver : row.rates().drivers()) {
      double volume = volumes.get(driver);
      if (volume != 0) {
        sum.volumes[driver.ordinal()] += volume;
        sum.hourly[driver.ordinal()] += weighted.applyAsDouble(driver);
      }
    }
  }

  private void addVariation(DrawnRow row, Volumes volumes, double energyBeforeKwh) {
    variationKwh2 +=
        row.variationKwh2(volumes, medians[Impact.ENERGY_KWH.ordinal()] - energyBeforeKwh);
  }

  /** What all of it costs; later additions do not change it. */
  public Footprint footprint() {
    Map<Meeting, Sum> frozen = new LinkedHashMap<>();
    sums.forEach((meeting, sum) -> {
      Sum copy = new Sum();
      System.arraycopy(sum.volumes, 0, copy.volumes, 0, DRIVERS);
      System.arraycopy(sum.hourly, 0, copy.hourly, 0, DRIVERS);
      frozen.put(meeting, copy);
    });
    return Footprint.of(factorSet, medians.clone(), variationKwh2, impact -> draws(frozen, impact));
  }

  private double[] draws(Map<Meeting, Sum> sums, Impact impact) {
    double[] draws = new double[drawCount];
    boolean byHour = impact == Impact.OPERATIONAL_LOCATION_BASED_KG;
    sums.forEach((meeting, sum) -> {
      double[] volumes = byHour ? sum.hourly : sum.volumes;
      DrawnRow.addDraws(
          draws, driver -> volumes[driver], 1, impact, meeting.rates(), meeting.site());
    });
    return draws;
  }
}
