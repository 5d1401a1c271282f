package io.gtrace.governance.advice;

import io.gtrace.activity.Modality;
import io.gtrace.activity.Volumes;
import io.gtrace.estimate.Deployment;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.HourlyProfile;
import io.gtrace.factor.Place;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.Work;
import io.gtrace.ledger.query.WorkOfHour;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.Drawn;
import io.gtrace.ratecard.DrawnRates;
import io.gtrace.ratecard.DrawnRow;
import io.gtrace.ratecard.DrawnSite;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import io.gtrace.uncertainty.Draws;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * The work of a ledger, ready to be priced again under changes, by the factors and the joint draws
 * that priced it. Not for sharing between threads.
 */
public final class Replay {
  private final RateCard card;
  private final Draws draws;
  private final Organisation organisation;
  private final List<Load> loads;
  private final Map<Moment, Integer> hoursOfPeriod;
  private final Map<String, Drawn> drawn = new HashMap<>();
  private final Map<Changed<DrawnRates>, DrawnRates> rates = new HashMap<>();
  private final Map<Changed<DrawnSite>, DrawnSite> sites = new HashMap<>();
  private final Map<String, List<HourRatios>> ratios = new HashMap<>();

  /** Rates or a site with changes to it. */
  private record Changed<T>(T unchanged, List<Adjustment> by) {}

  /** An hour of the day of a month of a year. */
  private record Moment(int year, int slot) {}

  private Replay(
      RateCard card,
      Draws draws,
      Organisation organisation,
      List<Load> loads,
      Map<Moment, Integer> hoursOfPeriod) {
    this.card = card;
    this.draws = draws;
    this.organisation = organisation;
    this.loads = List.copyOf(loads);
    this.hoursOfPeriod = hoursOfPeriod;
  }

  /**
   * Reads the work of a period.
   *
   * @param card the factors that priced the ledger
   * @param draws the joint draws of that card
   * @throws UnknownFactException if other factors priced it
   */
  public static Replay of(
      LedgerQuery query, Period period, RateCard card, Draws draws, Organisation organisation) {
    List<GroupBy> dimensions = organisation.dimensions();
    Map<Key, Map<Integer, Volumes>> volumes = new LinkedHashMap<>();
    for (WorkOfHour each : query.workByHour(dimensions, period)) {
      Work work = each.work();
      requireFactors(work, card);
      Workload workload = organisation.workload(values(dimensions, each.keys()));
      volumes
          .computeIfAbsent(new Key(workload, work), missing -> new TreeMap<>())
          .merge(each.slot(), work.volumes(), Volumes::plus);
    }
    List<Load> loads = new ArrayList<>();
    volumes.forEach((key, bySlot) -> loads.add(key.load(new Hours(bySlot))));
    return new Replay(card, draws, organisation, loads, hours(period, query.period()));
  }

  /**
   * Work as if it had no time, so that all of it is priced at the means of the years.
   *
   * @param card the factors that priced it
   * @throws UnknownFactException if other factors did
   */
  static Replay ofYears(List<Work> work, RateCard card) {
    List<Load> loads = new ArrayList<>();
    for (Work each : work) {
      requireFactors(each, card);
      loads.add(
          new Key(Workload.OTHER, each)
              .load(new Hours(Map.of(WorkOfHour.NO_TIME, each.volumes()))));
    }
    Draws draws = Draws.standard(card.catalogue().correlations());
    return new Replay(card, draws, Organisation.silent(), loads, Map.of());
  }

  private static void requireFactors(Work work, RateCard card) {
    if (!work.factorSet().equals(card.catalogue().factorSet())) {
      throw new UnknownFactException(
          "the ledger is priced by other factors than those at hand; gtrace ledger reprice prices"
              + " it anew");
    }
  }

  private record Key(
      Workload workload, String subject, Modality modality, String site, OptionalInt year) {
    Key(Workload workload, Work work) {
      this(workload, work.subject(), work.modality(), work.site(), work.year());
    }

    Load load(Hours hours) {
      return new Load(workload, subject, modality, site, year, hours, List.of());
    }
  }

  private static Map<GroupBy, String> values(List<GroupBy> dimensions, List<String> keys) {
    Map<GroupBy, String> values = new EnumMap<>(GroupBy.class);
    for (int d = 0; d < dimensions.size(); d++) {
      values.put(dimensions.get(d), keys.get(d));
    }
    return values;
  }

  private static Map<Moment, Integer> hours(Period asked, Period covered) {
    Map<Moment, Integer> hours = new HashMap<>();
    if (covered.from().isEmpty() || covered.to().isEmpty()) {
      return hours;
    }
    Instant from = later(asked.from().orElse(covered.from().get()), covered.from().get());
    Instant to = asked.to().orElse(covered.to().get());
    Instant end = to.isBefore(covered.to().get()) ? to : covered.to().get();
    for (Instant hour = from; hour.isBefore(end); hour = hour.plusSeconds(3_600)) {
      int year = hour.atZone(ZoneOffset.UTC).getYear();
      hours.merge(new Moment(year, HourlyProfile.slotOf(hour)), 1, Integer::sum);
    }
    return hours;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** What was said about the work. */
  public Organisation organisation() {
    return organisation;
  }

  List<Load> loads() {
    return loads;
  }

  FactorCatalogue catalogue() {
    return card.catalogue();
  }

  /** Hours of the period that fall into a slot; at least 1. */
  int hoursIn(int year, int slot) {
    return hoursOfPeriod.getOrDefault(new Moment(year, slot), 1);
  }

  /** Hours of the period that fall into a year. */
  int hoursIn(int year) {
    return hoursOfPeriod.entrySet().stream()
        .filter(each -> each.getKey().year() == year)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** The row of the whole year that prices a load, before changes to its rates. */
  CardRow row(Load load) {
    return card.rowOfYear(load.subject(), load.modality(), Site.parse(load.site()), load.year());
  }

  boolean isOwnDataCentre(Load load) {
    return catalogue().findPlace(load.site()).filter(Place.Own.class::isInstance).isPresent();
  }

  /** Ratios of each slot at the site of a row; empty where hours are not told apart. */
  List<HourRatios> ratios(CardRow row) {
    return ratios.computeIfAbsent(row.site(), missing -> card.hourRatios(row));
  }

  private DrawnRates rates(Load load) {
    DrawnRates unchanged = row(load).drawn().rates();
    if (load.adjustments().isEmpty()) {
      return unchanged;
    }
    Changed<DrawnRates> key = new Changed<>(unchanged, load.adjustments());
    DrawnRates known = rates.get(key);
    if (known == null) {
      known = unchanged;
      for (Adjustment each : load.adjustments()) {
        known = each.of(known);
      }
      rates.put(key, known);
    }
    return known;
  }

  /** What a site turns energy into, after the changes to a load. */
  DrawnSite site(Load load) {
    DrawnSite unchanged = row(load).drawn().site();
    List<Adjustment> ofSites =
        load.adjustments().stream().filter(Adjustment.OverheadAtMost.class::isInstance).toList();
    if (ofSites.isEmpty()) {
      return unchanged;
    }
    return sites.computeIfAbsent(
        new Changed<>(unchanged, ofSites),
        missing -> {
          DrawnSite changed = unchanged;
          for (Adjustment each : ofSites) {
            changed = each.of(changed);
          }
          return changed;
        });
  }

  /** Energy of hardware, kWh, at the medians. */
  double hardwareKwh(Load load, Volumes volumes) {
    return energy(load, volumes, rate -> rate.insideFacilityKwh().median());
  }

  /** Energy of the network, kWh, at the medians. */
  double networkKwh(Load load, Volumes volumes) {
    return energy(load, volumes, rate -> rate.networkKwh().median());
  }

  private double energy(Load load, Volumes volumes, ToDoubleFunction<DrawnRates.Rate> perUnit) {
    DrawnRates byDriver = rates(load);
    double kwh = 0;
    for (int d = 0; d < byDriver.drivers().size(); d++) {
      kwh += volumes.get(byDriver.drivers().get(d)) * perUnit.applyAsDouble(byDriver.rate(d));
    }
    return kwh;
  }

  /** What work costs. */
  Outcome priced(List<Load> some) {
    PricedVolumes sum = card.newSum();
    double cost = 0;
    Prices prices = organisation.prices();
    Set<String> unpriced = new HashSet<>();
    for (Load load : some) {
      CardRow row = row(load);
      DrawnRow changed =
          new DrawnRow(
              catalogue().factorSet(),
              rates(load),
              site(load),
              HourRatios.OF_YEAR,
              row.drawn().variation());
      List<HourRatios> hours = ratios(row);
      Hours when = load.hours();
      sum.addHours(
          changed,
          when.total(),
          hours.isEmpty() ? when.total() : when.weighted(slot -> hours.get(slot).locationBased()),
          hours.isEmpty() ? when.total() : when.weighted(slot -> hours.get(slot).marketBased()));
      cost += prices.of(row.model(), row.site(), billed(load), facilityKwh(load, changed.site()));
      unpriced.addAll(prices.unknown(row.model(), row.site()));
    }
    return new Outcome(
        sum.footprint(),
        prices.areKnown() ? OptionalDouble.of(cost) : OptionalDouble.empty(),
        unpriced);
  }

  private double facilityKwh(Load load, DrawnSite site) {
    DrawnSite.PerKwh perKwh = site.perKwh().get(Impact.ENERGY_KWH);
    return perKwh == null ? 0 : hardwareKwh(load, load.hours().total()) * perKwh.inside().median();
  }

  private static Volumes billed(Load load) {
    Volumes billed = load.hours().total();
    for (Adjustment each : load.adjustments()) {
      billed = each.billed(billed);
    }
    return billed;
  }

  /** An assumption in each joint draw. */
  Drawn assumed(String id) {
    return drawn.computeIfAbsent(id, missing -> drawn(organisation.assumptions().get(id)));
  }

  private Drawn drawn(Factor factor) {
    return new Drawn(factor.median(), draws.of(factor.id(), factor.scatter()));
  }

  /** What a share leaves of the whole. */
  Drawn allBut(String id) {
    Drawn share = assumed(id);
    return drawn.computeIfAbsent(
        "1 - " + id, missing -> both(share, share, (part, same) -> Math.max(0, 1 - part)));
  }

  /** Energy of a generated token where a share of the work is batched, over that of today. */
  Drawn batchFactor() {
    Drawn share = assumed("deferrable-share");
    Drawn ratio = assumed("batch-energy-ratio");
    return drawn.computeIfAbsent(
        "batch", missing -> both(share, ratio, (part, less) -> 1 - part * (1 - less)));
  }

  /**
   * The wear of hardware that lives longer over that of today: life / (life + further years).
   *
   * @param lifetime id of the constant of the method that says how long it lives
   */
  Drawn longerLife(String lifetime) {
    Drawn years = drawn(catalogue().assumption(lifetime));
    Drawn more = assumed("life-extension-years");
    return drawn.computeIfAbsent(
        lifetime, missing -> both(years, more, (life, further) -> life / (life + further)));
  }

  private static Drawn both(Drawn one, Drawn other, DoubleBinaryOperator operation) {
    double[] values = new double[one.draws().length];
    for (int k = 0; k < values.length; k++) {
      values[k] = operation.applyAsDouble(one.draws()[k], other.draws()[k]);
    }
    return new Drawn(operation.applyAsDouble(one.median(), other.median()), values);
  }

  /** Whether a load runs on hardware that could as well stand elsewhere. */
  boolean isMovable(Load load) {
    return row(load).deployment() instanceof Deployment.DataCentre;
  }

  /** Names of workloads that no work of the period belongs to. */
  public List<String> unmatched() {
    return organisation.workloads().stream()
        .filter(workload -> loads.stream().noneMatch(load -> load.workload().equals(workload)))
        .map(Workload::name)
        .toList();
  }
}
