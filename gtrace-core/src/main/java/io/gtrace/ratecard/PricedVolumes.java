package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A sum of work that met many rows of a card. Work at the same rates and site is summed as volumes
 * first, so that the draws of a million cells cost what a few rows cost, and errors that the cells
 * share stay shared. Not for sharing between threads.
 */
public final class PricedVolumes {
  private static final int BASIC = Impact.CARBON_KG.ordinal();
  private static final Impact[] IMPACTS = Impact.values();
  private static final int DRIVERS = Driver.values().length;

  private final String factorSet;
  private final int drawCount;
  private final Map<Meeting, Sum> sums = new LinkedHashMap<>();
  private final Map<Meeting, Sum> inside = new LinkedHashMap<>();
  private final double[] medians = new double[BASIC];
  private double variationKwh2;

  /** One set of rates at one site; both are shared by all rows that meet there. */
  private record Meeting(DrawnRates rates, DrawnSite site) {}

  private static final class Sum {
    final double[] volumes;

    /** Volumes times the ratio of their hour to the year. */
    final double[] locationBased;

    final double[] marketBased;

    Sum() {
      this(new double[DRIVERS], new double[DRIVERS], new double[DRIVERS]);
    }

    private Sum(double[] volumes, double[] locationBased, double[] marketBased) {
      this.volumes = volumes;
      this.locationBased = locationBased;
      this.marketBased = marketBased;
    }

    Sum copy() {
      return new Sum(volumes.clone(), locationBased.clone(), marketBased.clone());
    }

    double[] of(Impact impact) {
      return switch (impact) {
        case OPERATIONAL_LOCATION_BASED_KG -> locationBased;
        case OPERATIONAL_MARKET_BASED_KG -> marketBased;
        default -> volumes;
      };
    }
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
    HourRatios hour = row.hour();
    add(
        row,
        volumes,
        driver -> volumes.get(driver) * hour.locationBased(),
        driver -> volumes.get(driver) * hour.marketBased());
    double before = medians[Impact.ENERGY_KWH.ordinal()];
    row.addMedians(medians, volumes);
    addVariation(row, volumes, before);
  }

  /**
   * Adds work of many hours at the rates of a row that stands for the whole year.
   *
   * @param locationBased the volumes of each hour times {@link HourRatios#locationBased}, summed
   * @param marketBased the same with {@link HourRatios#marketBased}
   */
  public void addHours(DrawnRow row, Volumes volumes, Volumes locationBased, Volumes marketBased) {
    add(row, volumes, locationBased::get, marketBased::get);
    double before = medians[Impact.ENERGY_KWH.ordinal()];
    double[] sum = new double[BASIC];
    row.addMedians(sum, volumes);
    replaceMedian(sum, row, locationBased, Impact.OPERATIONAL_LOCATION_BASED_KG);
    replaceMedian(sum, row, marketBased, Impact.OPERATIONAL_MARKET_BASED_KG);
    for (int i = 0; i < BASIC; i++) {
      medians[i] += sum[i];
    }
    addVariation(row, volumes, before);
  }

  /**
   * So many hours' worth of something at the rates of a row that stands for the whole year.
   *
   * @param all summed over the hours
   * @param locationBased each hour times {@link HourRatios#locationBased}, summed
   * @param marketBased the same with {@link HourRatios#marketBased}
   */
  public record OverHours(double all, double locationBased, double marketBased) {
    private double of(Impact basic) {
      return switch (basic) {
        case OPERATIONAL_LOCATION_BASED_KG -> locationBased;
        case OPERATIONAL_MARKET_BASED_KG -> marketBased;
        default -> all;
      };
    }
  }

  /**
   * Adds energy inside the facility alone, neither network nor wear: of machines that stand idle,
   * or that work at another load than the row takes.
   *
   * @param row of the whole year
   * @param volumes that take so much energy
   * @param times how many times that; below zero to take some off
   */
  public void addInsideFacility(DrawnRow row, Volumes volumes, OverHours times) {
    Sum sum = inside.computeIfAbsent(new Meeting(row.rates(), row.site()), meeting -> new Sum());
    for (Driver driver : row.rates().drivers()) {
      double volume = volumes.get(driver);
      sum.volumes[driver.ordinal()] += volume * times.all();
      sum.locationBased[driver.ordinal()] += volume * times.locationBased();
      sum.marketBased[driver.ordinal()] += volume * times.marketBased();
    }
    for (int i = 0; i < BASIC; i++) {
      Impact basic = IMPACTS[i];
      medians[i] += row.insideFacility(volumes, basic) * times.of(basic);
    }
  }

  private static void replaceMedian(double[] sum, DrawnRow row, Volumes volumes, Impact impact) {
    double[] ofHours = new double[BASIC];
    row.addMedians(ofHours, volumes);
    sum[impact.ordinal()] = ofHours[impact.ordinal()];
  }

  private void add(
      DrawnRow row,
      Volumes volumes,
      ToDoubleFunction<Driver> locationBased,
      ToDoubleFunction<Driver> marketBased) {
    Sum sum = sums.computeIfAbsent(new Meeting(row.rates(), row.site()), meeting -> new Sum());
    for (Driver driver : row.rates().drivers()) {
      double volume = volumes.get(driver);
      if (volume != 0) {
        sum.volumes[driver.ordinal()] += volume;
        sum.locationBased[driver.ordinal()] += locationBased.applyAsDouble(driver);
        sum.marketBased[driver.ordinal()] += marketBased.applyAsDouble(driver);
      }
    }
  }

  private void addVariation(DrawnRow row, Volumes volumes, double energyBeforeKwh) {
    variationKwh2 +=
        row.variationKwh2(volumes, medians[Impact.ENERGY_KWH.ordinal()] - energyBeforeKwh);
  }

  /** What all of it costs; later additions do not change it. */
  public Footprint footprint() {
    return Footprint.of(
        factorSet,
        medians.clone(),
        variationKwh2,
        new SummedDraws(drawCount, copies(sums), copies(inside)));
  }

  private static Map<Meeting, Sum> copies(Map<Meeting, Sum> sums) {
    Map<Meeting, Sum> copies = new LinkedHashMap<>();
    sums.forEach((meeting, sum) -> copies.put(meeting, sum.copy()));
    return copies;
  }

  private record SummedDraws(int count, Map<Meeting, Sum> sums, Map<Meeting, Sum> insideSums)
      implements Footprint.ImpactDraws {
    @Override
    public double[] of(Impact impact) {
      double[] draws = new double[count];
      addTo(draws, 0, impact);
      return draws;
    }

    @Override
    public double of(Impact impact, int draw) {
      double[] one = new double[1];
      addTo(one, draw, impact);
      return one[0];
    }

    private void addTo(double[] draws, int first, Impact impact) {
      sums.forEach((meeting, sum) -> {
        double[] volumes = sum.of(impact);
        List<Driver> drivers = meeting.rates().drivers();
        DrawnRow.addDraws(
            draws,
            first,
            d -> volumes[drivers.get(d).ordinal()],
            1,
            impact,
            meeting.rates(),
            meeting.site());
      });
      insideSums.forEach((meeting, sum) -> {
        double[] volumes = sum.of(impact);
        DrawnRow.addInsideDraws(
            draws, first, driver -> volumes[driver], impact, meeting.rates(), meeting.site());
      });
    }
  }
}
