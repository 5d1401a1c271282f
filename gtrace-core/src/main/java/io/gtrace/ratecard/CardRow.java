package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import io.gtrace.activity.GenerationDefaults;
import io.gtrace.activity.Modality;
import io.gtrace.activity.Volumes;
import io.gtrace.estimate.Deployment;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Position;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Trace;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/**
 * The part of the card for one model at one site in one year, and, where the grid's hours are
 * known, one hour of the day in one month: what a unit of each driver costs there, in every impact.
 * Immutable; shared by all activities that meet it.
 */
public final class CardRow {
  private static final int BASIC = Impact.CARBON_KG.ordinal();
  private static final Impact[] IMPACTS = Impact.values();
  private static final int REQUESTS = Driver.REQUESTS.ordinal();

  private final String factorSet;
  private final PricedModel model;
  private final Modality modality;
  private final SiteFactors site;
  private final int year;
  private final HourOfYear hour;
  private final UnitRates rates;
  private final SiteDraws siteDraws;
  private final int[] driverOrdinals;

  /** Row-major: for each driver, its cost in each basic impact. */
  private final double[] perUnit;

  CardRow(
      String factorSet,
      PricedModel model,
      Modality modality,
      SiteDraws siteDraws,
      int year,
      HourOfYear hour,
      UnitRates rates) {
    this.factorSet = factorSet;
    this.model = model;
    this.modality = modality;
    this.siteDraws = siteDraws;
    this.site = siteDraws.site();
    this.year = year;
    this.hour = hour;
    this.rates = rates;
    List<Driver> drivers = rates.drivers();
    driverOrdinals = drivers.stream().mapToInt(Driver::ordinal).toArray();
    perUnit = new double[drivers.size() * BASIC];
    for (int d = 0; d < drivers.size(); d++) {
      for (int i = 0; i < BASIC; i++) {
        perUnit[d * BASIC + i] = perUnitAtMedian(d, IMPACTS[i]);
      }
    }
  }

  private double perUnitAtMedian(int d, Impact impact) {
    if (impact == Impact.EMBODIED_KG) {
      return rates.median(d).embodiedKg();
    }
    if (!siteDraws.knows(impact)) {
      return Double.NaN;
    }
    double wholeYear =
        rates.median(d).insideFacilityKwh() * siteDraws.perInsideKwh(impact)
            + rates.median(d).networkKwh() * siteDraws.perNetworkKwh(impact);
    return wholeYear * ratioToYear(impact);
  }

  /** The hour over the year: only the average carbon of the grid is known by the hour. */
  double ratioToYear(Impact impact) {
    return impact == Impact.OPERATIONAL_LOCATION_BASED_KG ? hour.ratio() : 1;
  }

  /** The canonical id of the model, or of the accelerator for training. */
  public String model() {
    return model.id();
  }

  /** The sizes that the model uses where an activity leaves them open. */
  public GenerationDefaults defaults() {
    return model.defaults();
  }

  /** The site, unique over the card. */
  public String site() {
    return site.id();
  }

  public String siteName() {
    return site.name();
  }

  public GridZone zone() {
    return site.zone();
  }

  public Optional<Position> position() {
    return site.position();
  }

  public Deployment deployment() {
    return site.deployment();
  }

  /** What the model is used for. */
  public Modality modality() {
    return modality;
  }

  /** The year of the grid factors asked for; empty for the newest. */
  public OptionalInt year() {
    return year == 0 ? OptionalInt.empty() : OptionalInt.of(year);
  }

  /** Digest of the factors behind the row. */
  public String factorSet() {
    return factorSet;
  }

  /** {@code all}, or month and hour in UTC as {@code 11-18} where hours are told apart. */
  public String hour() {
    return hour.label();
  }

  /** Fallbacks taken to find the model or the site; empty if none. */
  public List<String> notes() {
    return new CardTrace(this).notes();
  }

  /** Where the factors behind the row come from, each source once. */
  public List<Provenance> sources() {
    Volumes.Builder oneOfEach = new Volumes.Builder();
    drivers().forEach(driver -> oneOfEach.add(driver, 1));
    Set<Provenance> sources = new LinkedHashSet<>();
    collect(explain(oneOfEach.build()), sources);
    return List.copyOf(sources);
  }

  private static void collect(Trace node, Set<Provenance> sources) {
    node.provenance().ifPresent(sources::add);
    node.parts().forEach(part -> collect(part, sources));
  }

  /** The drivers that cost something; all others are free. */
  public List<Driver> drivers() {
    return rates.drivers();
  }

  /**
   * What one unit of a driver costs with every factor at its median; NaN where the impact is not
   * known here, zero where the driver is free.
   */
  public double perUnit(Driver driver, Impact impact) {
    int d = rates.drivers().indexOf(driver);
    return switch (impact) {
      case CARBON_KG ->
          perUnit(driver, Impact.OPERATIONAL_LOCATION_BASED_KG)
              + perUnit(driver, Impact.EMBODIED_KG);
      case WATER_L ->
          perUnit(driver, Impact.WATER_ON_SITE_L) + perUnit(driver, Impact.WATER_ELECTRICITY_L);
      default -> d < 0 ? 0 : perUnit[d * BASIC + impact.ordinal()];
    };
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
          addDraws(sum, volumes::get, ratioToYear(impact), impact, rates, siteDraws);
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
    double requests = Math.max(1, volumes.get(REQUESTS));
    return model.variation() * energyKwh * energyKwh / requests;
  }

  void addMedians(double[] medians, Volumes volumes) {
    for (int d = 0; d < driverOrdinals.length; d++) {
      double volume = volumes.get(driverOrdinals[d]);
      for (int i = 0; i < BASIC; i++) {
        medians[i] += volume * perUnit[d * BASIC + i];
      }
    }
  }

  /** Adds the draws of one impact of these volumes, whatever row they come from. */
  static void addDraws(
      double[] sum,
      IntToDoubleFunction volumes,
      double ratio,
      Impact impact,
      UnitRates rates,
      SiteDraws site) {
    boolean embodied = impact == Impact.EMBODIED_KG;
    double[] perInside = embodied ? null : site.perInsideKwhDraws(impact);
    double[] perNetwork = embodied ? null : site.perNetworkKwhDraws(impact);
    List<Driver> drivers = rates.drivers();
    for (int d = 0; d < drivers.size(); d++) {
      double volume = volumes.applyAsDouble(drivers.get(d).ordinal()) * ratio;
      if (volume == 0) {
        continue;
      }
      if (perInside == null || perNetwork == null) {
        addScaled(sum, volume, rates.embodiedKgDraws(d));
      } else {
        double[] inside = rates.insideKwhDraws(d);
        double[] network = rates.networkKwhDraws(d);
        for (int k = 0; k < sum.length; k++) {
          sum[k] += volume * (inside[k] * perInside[k] + network[k] * perNetwork[k]);
        }
      }
    }
  }

  private static void addScaled(double[] sum, double volume, double[] unit) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += volume * unit[k];
    }
  }

  /** How the footprint of these volumes comes about, down to the sources. */
  public Trace explain(Volumes volumes) {
    return new CardTrace(this).explain(volumes, price(volumes));
  }

  SiteDraws siteDraws() {
    return siteDraws;
  }

  UnitRates rates() {
    return rates;
  }

  SiteFactors siteFactors() {
    return site;
  }

  HourOfYear hourOfYear() {
    return hour;
  }

  List<String> modelNotes() {
    return model.notes();
  }
}
