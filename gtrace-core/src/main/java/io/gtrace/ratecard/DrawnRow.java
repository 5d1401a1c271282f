package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A row of a rate card as plain numbers, without its derivation: all that pricing needs. It can be
 * stored and read back, and then prices to the same figures without the factors and estimators that
 * it was compiled from. Immutable.
 */
public final class DrawnRow {
  private static final int BASIC = Impact.CARBON_KG.ordinal();
  private static final Impact[] IMPACTS = Impact.values();
  private static final int REQUESTS = Driver.REQUESTS.ordinal();

  private final Supplier<String> factorSet;
  private final DrawnRates rates;
  private final DrawnSite site;
  private final HourRatios hour;
  private final double variation;
  private final int[] driverOrdinals;

  /** Row-major: for each driver, its cost in each basic impact. */
  private final double[] perUnit;

  /**
   * By impact, what one unit of each driver costs in each draw: hundreds of lines of an answer ask
   * for the same one after the other. Where memory is short they are let go, and made again.
   */
  private final AtomicReferenceArray<@Nullable SoftReference<double[][]>> perUnitDraws =
      new AtomicReferenceArray<>(BASIC);

  /**
   * @param factorSet digest of the factors behind the numbers
   * @param hour the hour of the row over the year
   * @param variation variance of the energy of one request against another of the same volumes,
   *     over its mean squared
   */
  public DrawnRow(
      String factorSet, DrawnRates rates, DrawnSite site, HourRatios hour, double variation) {
    this(() -> factorSet, rates, site, hour, variation);
  }

  DrawnRow(
      Supplier<String> factorSet,
      DrawnRates rates,
      DrawnSite site,
      HourRatios hour,
      double variation) {
    this.factorSet = factorSet;
    this.rates = rates;
    this.site = site;
    this.hour = hour;
    this.variation = variation;
    List<Driver> drivers = rates.drivers();
    driverOrdinals = drivers.stream().mapToInt(Driver::ordinal).toArray();
    perUnit = new double[drivers.size() * BASIC];
    for (int d = 0; d < drivers.size(); d++) {
      for (int i = 0; i < BASIC; i++) {
        perUnit[d * BASIC + i] = perUnitAtMedian(rates.rate(d), IMPACTS[i]);
      }
    }
  }

  private double perUnitAtMedian(DrawnRates.Rate rate, Impact impact) {
    if (impact == Impact.EMBODIED_KG) {
      return rate.embodiedKg().median();
    }
    DrawnSite.PerKwh perKwh = site.perKwh(impact);
    if (perKwh == null) {
      return Double.NaN;
    }
    double wholeYear =
        rate.insideFacilityKwh().median() * perKwh.inside().median()
            + rate.networkKwh().median() * perKwh.network().median();
    return wholeYear * hour.of(impact);
  }

  public DrawnRates rates() {
    return rates;
  }

  public DrawnSite site() {
    return site;
  }

  /** The hour of the row over the year. */
  public HourRatios hour() {
    return hour;
  }

  /**
   * Variance of the energy of one request against another of the same volumes, over its mean
   * squared.
   */
  public double variation() {
    return variation;
  }

  /** What one unit of a driver costs in a basic impact; NaN where it is not known. */
  double perUnit(Driver driver, Impact basic) {
    int d = rates.drivers().indexOf(driver);
    return d < 0 ? 0 : perUnit[d * BASIC + basic.ordinal()];
  }

  /**
   * Energy of the machines that these volumes take, before the overhead of the facility, with every
   * factor at its median, kWh.
   */
  public double machineKwh(Volumes volumes) {
    double sum = 0;
    for (int d = 0; d < driverOrdinals.length; d++) {
      sum += volumes.get(driverOrdinals[d]) * rates.rate(d).insideFacilityKwh().median();
    }
    return sum;
  }

  /**
   * The part of an impact that comes of energy inside the facility, its overhead included, with
   * every factor at its median: neither network nor wear. NaN where the impact is not known.
   *
   * @param basic no sum of others
   */
  public double insideFacility(Volumes volumes, Impact basic) {
    if (basic == Impact.EMBODIED_KG) {
      return 0;
    }
    DrawnSite.PerKwh perKwh = site.perKwh(basic);
    return perKwh == null
        ? Double.NaN
        : machineKwh(volumes) * perKwh.inside().median() * hour.of(basic);
  }

  /** Volumes times rates. */
  public Footprint price(Volumes volumes) {
    double[] medians = new double[BASIC];
    addMedians(medians, volumes);
    return Footprint.of(
        factorSet,
        medians,
        variationKwh2(volumes, medians[Impact.ENERGY_KWH.ordinal()]),
        impact -> {
          double[] sum = new double[rates.drawCount()];
          addDraws(
              sum, 0, d -> volumes.get(driverOrdinals[d]), hour.of(impact), impact, rates, site);
          return sum;
        });
  }

  /**
   * How far work of these volumes varies: so many requests, each independent of the others and as
   * large as the mean.
   *
   * @param energyKwh its energy at the medians of the factors
   */
  double variationKwh2(Volumes volumes, double energyKwh) {
    return variationKwh2(volumes.get(REQUESTS), energyKwh);
  }

  /** Of work that is taken back, what it takes back of the variation. */
  double variationKwh2(double requests, double energyKwh) {
    return variation * energyKwh * Math.abs(energyKwh) / Math.max(1, Math.abs(requests));
  }

  void addMedians(double[] medians, Volumes volumes) {
    for (int d = 0; d < driverOrdinals.length; d++) {
      double volume = volumes.get(driverOrdinals[d]);
      for (int i = 0; i < BASIC; i++) {
        medians[i] += volume * perUnit[d * BASIC + i];
      }
    }
  }

  /**
   * Adds the draws of a basic impact of some volumes.
   *
   * @param sum takes all draws
   * @param volumes of this and other work; those of this stand together, in the order of the
   *     drivers of {@link #rates}
   * @param from where they begin
   */
  void addDraws(double[] sum, double[] volumes, int from, Impact impact) {
    double[][] units = perUnitDraws(impact);
    int first = nextUsed(volumes, from, 0, units.length);
    while (first < units.length) {
      int second = nextUsed(volumes, from, first + 1, units.length);
      int third = nextUsed(volumes, from, second + 1, units.length);
      if (third < units.length) {
        addScaled(
            sum,
            volumes[from + first],
            units[first],
            volumes[from + second],
            units[second],
            volumes[from + third],
            units[third]);
      } else {
        addScaled(sum, 0, volumes[from + first], units[first]);
        if (second < units.length) {
          addScaled(sum, 0, volumes[from + second], units[second]);
        }
      }
      first = nextUsed(volumes, from, third + 1, units.length);
    }
  }

  /** The first driver from one on of which there is a volume; their number if there is none. */
  private static int nextUsed(double[] volumes, int from, int first, int count) {
    int d = Math.min(first, count);
    while (d < count && volumes[from + d] == 0) {
      d++;
    }
    return d;
  }

  /** Three drivers at once: the sum is read and written less often. */
  private static void addScaled(
      double[] sum,
      double volume,
      double[] unit,
      double second,
      double[] unitOfSecond,
      double third,
      double[] unitOfThird) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] = sum[k] + volume * unit[k] + second * unitOfSecond[k] + third * unitOfThird[k];
    }
  }

  private double[][] perUnitDraws(Impact impact) {
    SoftReference<double[][]> kept = perUnitDraws.get(impact.ordinal());
    double[][] known = kept == null ? null : kept.get();
    if (known != null) {
      return known;
    }
    double[][] units = new double[driverOrdinals.length][];
    for (int d = 0; d < units.length; d++) {
      units[d] = perUnitDraws(rates.rate(d), impact);
    }
    perUnitDraws.set(impact.ordinal(), new SoftReference<>(units));
    return units;
  }

  private double[] perUnitDraws(DrawnRates.Rate rate, Impact impact) {
    if (impact == Impact.EMBODIED_KG) {
      return rate.embodiedKg().draws();
    }
    double[] unit = new double[rates.drawCount()];
    addScaled(unit, 0, 1, rate, impact, site);
    return unit;
  }

  /** What one unit of the driver at this position of {@link #rates} costs in a basic impact. */
  double perUnit(int position, int basicOrdinal) {
    return perUnit[position * BASIC + basicOrdinal];
  }

  /**
   * Adds the draws of one impact of these volumes, whatever row they come from.
   *
   * @param sum takes as many draws as it is long
   * @param first number of the first of them
   * @param volumes by the position of their drivers in the rates
   */
  static void addDraws(
      double[] sum,
      int first,
      IntToDoubleFunction volumes,
      double ratio,
      Impact impact,
      DrawnRates rates,
      DrawnSite site) {
    int count = rates.drivers().size();
    for (int d = 0; d < count; d++) {
      double volume = volumes.applyAsDouble(d) * ratio;
      if (volume != 0) {
        addScaled(sum, first, volume, rates.rate(d), impact, site);
      }
    }
  }

  private static void addScaled(
      double[] sum, int first, double volume, DrawnRates.Rate rate, Impact impact, DrawnSite site) {
    DrawnSite.PerKwh perKwh = impact == Impact.EMBODIED_KG ? null : site.perKwh(impact);
    if (perKwh == null) {
      addScaled(sum, first, volume, rate.embodiedKg().draws());
    } else {
      addScaled(sum, first, volume, rate, perKwh);
    }
  }

  /** Adds the draws of one impact of energy inside the facility alone. */
  static void addInsideDraws(
      double[] sum,
      int first,
      IntToDoubleFunction volumes,
      Impact impact,
      DrawnRates rates,
      DrawnSite site) {
    DrawnSite.PerKwh perKwh = impact == Impact.EMBODIED_KG ? null : site.perKwh(impact);
    if (perKwh == null) {
      return;
    }
    double[] perInside = perKwh.inside().draws();
    List<Driver> drivers = rates.drivers();
    for (int d = 0; d < drivers.size(); d++) {
      double volume = volumes.applyAsDouble(drivers.get(d).ordinal());
      double[] inside = rates.rate(d).insideFacilityKwh().draws();
      for (int k = 0; k < sum.length; k++) {
        sum[k] += volume * inside[first + k] * perInside[first + k];
      }
    }
  }

  private static void addScaled(double[] sum, int first, double volume, double[] unit) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += volume * unit[first + k];
    }
  }

  private static void addScaled(
      double[] sum, int first, double volume, DrawnRates.Rate rate, DrawnSite.PerKwh perKwh) {
    double[] inside = rate.insideFacilityKwh().draws();
    double[] network = rate.networkKwh().draws();
    double[] perInside = perKwh.inside().draws();
    double[] perNetwork = perKwh.network().draws();
    for (int k = 0; k < sum.length; k++) {
      int draw = first + k;
      sum[k] += volume * (inside[draw] * perInside[draw] + network[draw] * perNetwork[draw]);
    }
  }
}
