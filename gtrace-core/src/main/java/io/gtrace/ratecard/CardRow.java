package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import io.gtrace.activity.GenerationDefaults;
import io.gtrace.activity.Modality;
import io.gtrace.activity.Volumes;
import io.gtrace.estimate.Deployment;
import io.gtrace.estimate.FactorState;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Position;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.site.MatchedHours;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Trace;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of the card for one model at one site in one year, and, where the hours of its grid or
 * contract are known, one hour of the day in one month: what a unit of each driver costs there, in
 * every impact. Immutable; shared by all activities that meet it.
 */
public final class CardRow {
  private final Supplier<String> factorSet;
  private final PricedModel model;
  private final Modality modality;
  private final SiteFactors site;
  private final int year;
  private final HourOfYear hour;
  private final UnitRates rates;
  private final DrawnRow drawn;
  private volatile @Nullable List<String> notes;

  CardRow(
      Supplier<String> factorSet,
      PricedModel model,
      Modality modality,
      SiteDraws siteDraws,
      int year,
      HourOfYear hour,
      UnitRates rates) {
    this.factorSet = factorSet;
    this.model = model;
    this.modality = modality;
    this.site = siteDraws.site();
    this.year = year;
    this.hour = hour;
    this.rates = rates;
    drawn =
        new DrawnRow(factorSet, rates.drawn(), siteDraws.drawn(), hour.ratios(), model.variation());
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
    return factorSet.get();
  }

  /** {@code all}, or month and hour in UTC as {@code 11-18} where hours are told apart. */
  public String hour() {
    return hour.label();
  }

  /** Fallbacks taken to find the model or the site; empty if none. */
  public List<String> notes() {
    List<String> known = notes;
    if (known == null) {
      known = new CardTrace(this).notes();
      notes = known;
    }
    return known;
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
    return rates.drawn().drivers();
  }

  /**
   * What one unit of a driver costs with every factor at its median; NaN where the impact is not
   * known here, zero where the driver is free.
   */
  public double perUnit(Driver driver, Impact impact) {
    return switch (impact) {
      case CARBON_KG ->
          perUnit(driver, Impact.OPERATIONAL_LOCATION_BASED_KG)
              + perUnit(driver, Impact.EMBODIED_KG);
      case WATER_L ->
          perUnit(driver, Impact.WATER_ON_SITE_L) + perUnit(driver, Impact.WATER_ELECTRICITY_L);
      default -> drawn.perUnit(driver, impact);
    };
  }

  /** Volumes times rates. */
  public Footprint price(Volumes volumes) {
    return drawn.price(volumes);
  }

  /**
   * Energy of machines that are held ready but do not work, shared over work of these volumes, with
   * every factor at its median, before the overhead of the facility, kWh.
   */
  public double idleKwh(Volumes volumes) {
    FactorState medians = FactorState.medians();
    return drivers().stream()
        .mapToDouble(
            driver -> volumes.get(driver) * rates.estimator().rate(driver, medians).idleKwh())
        .sum();
  }

  /** How the footprint of these volumes comes about, down to the sources. */
  public Trace explain(Volumes volumes) {
    return new CardTrace(this).explain(volumes, price(volumes));
  }

  /** The row as plain numbers. */
  public DrawnRow drawn() {
    return drawn;
  }

  UnitRates rates() {
    return rates;
  }

  SiteFactors siteFactors() {
    return site;
  }

  /** What clean energy matches hour by hour at the site; empty where nothing does. */
  public Optional<MatchedHours> matchedHours() {
    return site.matchedHours();
  }

  HourOfYear hourOfYear() {
    return hour;
  }

  List<String> modelNotes() {
    return model.notes();
  }
}
