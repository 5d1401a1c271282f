package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import io.gtrace.activity.GenerationDefaults;
import io.gtrace.activity.Volumes;
import io.gtrace.estimate.Deployment;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Position;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.trace.Trace;
import io.gtrace.uncertainty.Draws;
import java.util.List;
import java.util.Optional;

/**
 * The part of the card for one model at one site in one year, and, where the grid's hours are
 * known, one hour of the day in one month: what a unit of each driver costs there, in every impact.
 * Immutable; shared by all activities that meet it.
 */
public final class CardRow {
  private static final int BASIC = Impact.CARBON_KG.ordinal();
  private static final Impact[] IMPACTS = Impact.values();

  private final String factorSet;
  private final String model;
  private final GenerationDefaults defaults;
  private final List<String> modelNotes;
  private final SiteFactors site;
  private final HourOfYear hour;
  private final UnitRates rates;
  private final SiteDraws siteDraws;
  private final int[] driverOrdinals;

  /** Row-major: for each driver, its cost in each basic impact. */
  private final double[] perUnit;

  CardRow(
      String factorSet,
      PricedModel model,
      SiteFactors site,
      HourOfYear hour,
      UnitRates rates,
      Draws draws) {
    this.factorSet = factorSet;
    this.model = model.id();
    this.defaults = model.defaults();
    this.modelNotes = model.notes();
    this.site = site;
    this.hour = hour;
    this.rates = rates;
    siteDraws = new SiteDraws(site, hour.ratio(), draws);
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
    return rates.median(d).insideFacilityKwh() * siteDraws.perInsideKwh(impact)
        + rates.median(d).networkKwh() * siteDraws.perNetworkKwh(impact);
  }

  /** The canonical id of the model, or of the accelerator for training. */
  public String model() {
    return model;
  }

  /** The sizes that the model uses where an activity leaves them open. */
  public GenerationDefaults defaults() {
    return defaults;
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

  /** {@code all}, or month and hour in UTC as {@code 11-18} where hours are told apart. */
  public String hour() {
    return hour.label();
  }

  /** Fallbacks taken to find the model or the site; empty if none. */
  public List<String> notes() {
    return new CardTrace(this).notes();
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
    for (int d = 0; d < driverOrdinals.length; d++) {
      double volume = volumes.get(driverOrdinals[d]);
      for (int i = 0; i < BASIC; i++) {
        medians[i] += volume * perUnit[d * BASIC + i];
      }
    }
    return Footprint.of(factorSet, medians, impact -> draws(volumes, impact));
  }

  private double[] draws(Volumes volumes, Impact impact) {
    if (impact == Impact.EMBODIED_KG) {
      double[] embodied = weighted(volumes, Part.EMBODIED);
      return embodied;
    }
    double[] inside = weighted(volumes, Part.INSIDE);
    double[] network = weighted(volumes, Part.NETWORK);
    double[] perInside = siteDraws.perInsideKwhDraws(impact);
    double[] perNetwork = siteDraws.perNetworkKwhDraws(impact);
    for (int k = 0; k < inside.length; k++) {
      inside[k] = inside[k] * perInside[k] + network[k] * perNetwork[k];
    }
    return inside;
  }

  private enum Part {
    INSIDE,
    NETWORK,
    EMBODIED
  }

  private double[] weighted(Volumes volumes, Part part) {
    double[] sum = new double[rates.insideKwhDraws(0).length];
    for (int d = 0; d < driverOrdinals.length; d++) {
      double volume = volumes.get(driverOrdinals[d]);
      if (volume == 0) {
        continue;
      }
      double[] unit =
          switch (part) {
            case INSIDE -> rates.insideKwhDraws(d);
            case NETWORK -> rates.networkKwhDraws(d);
            case EMBODIED -> rates.embodiedKgDraws(d);
          };
      for (int k = 0; k < sum.length; k++) {
        sum[k] += volume * unit[k];
      }
    }
    return sum;
  }

  /** How the footprint of these volumes comes about, down to the sources. */
  public Trace explain(Volumes volumes) {
    return new CardTrace(this).explain(volumes, price(volumes));
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
    return modelNotes;
  }
}
