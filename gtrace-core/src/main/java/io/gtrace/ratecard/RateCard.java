package io.gtrace.ratecard;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Context;
import io.gtrace.activity.GenerationDefaults;
import io.gtrace.activity.Modality;
import io.gtrace.estimate.Estimators;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.HostingProvider;
import io.gtrace.factor.HourlyProfile;
import io.gtrace.factor.Model;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.site.Site;
import io.gtrace.trace.Trace;
import io.gtrace.uncertainty.Draws;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/**
 * The carbon rate card of a factor set: rows for models at sites, compiled when first asked for and
 * kept, but not without end. All estimators, whatever their science, end here as plain rates by
 * unit of a driver, so that pricing is a multiplication wherever it happens. Safe for use by many
 * threads.
 */
public final class RateCard {
  /** Hardware of a data centre of which nothing else is known: the most common in 2023 to 2026. */
  static final String USUAL_ACCELERATOR = "h100-sxm";

  /** More than anybody uses at once: then names are made up, and what is kept of them is let go. */
  private static final int MOST_ROWS = 200_000;

  private static final int MOST_SITES = 3_000;
  private static final int MOST_RATES = 3_000;

  private static final int NO_YEAR = 0;
  private static final int WHOLE_YEAR = -1;

  private final FactorCatalogue catalogue;
  private final Draws draws;
  private final Fallback fallback;
  private final Estimators estimators;
  private final SiteResolver sites;
  private final ConcurrentMap<RowKey, CardRow> rows = new ConcurrentHashMap<>();
  private final ConcurrentMap<RatesKey, UnitRates> rates = new ConcurrentHashMap<>();
  private final ConcurrentMap<SiteKey, SiteDraws> siteDraws = new ConcurrentHashMap<>();

  /**
   * @param fallback what to do about models and places that the catalogue does not know
   */
  public RateCard(FactorCatalogue catalogue, Draws draws, Fallback fallback) {
    this.catalogue = catalogue;
    this.draws = draws;
    this.fallback = fallback;
    estimators = new Estimators(catalogue);
    sites = new SiteResolver(catalogue, fallback);
  }

  // The virtual machine makes up equals and hashCode of a record when they are first called, which
  // takes a tenth of the time of a command that asks for one estimate.

  private record SiteKey(Site site, String host, String accelerator, int year) {
    @Override
    public int hashCode() {
      return ((site.hashCode() * 31 + host.hashCode()) * 31 + accelerator.hashCode()) * 31 + year;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof SiteKey that
          && year == that.year
          && site.equals(that.site)
          && host.equals(that.host)
          && accelerator.equals(that.accelerator);
    }
  }

  private record RowKey(String subject, Modality modality, Site site, int year, int slot) {
    @Override
    public int hashCode() {
      int names = (subject.hashCode() * 31 + modality.ordinal()) * 31 + site.hashCode();
      return (names * 31 + year) * 31 + slot;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof RowKey that
          && year == that.year
          && slot == that.slot
          && modality == that.modality
          && subject.equals(that.subject)
          && site.equals(that.site);
    }
  }

  /**
   * @param deployment its label, which is unique
   */
  private record RatesKey(String subject, Modality modality, String deployment) {
    @Override
    public int hashCode() {
      return (subject.hashCode() * 31 + modality.ordinal()) * 31 + deployment.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof RatesKey that
          && modality == that.modality
          && subject.equals(that.subject)
          && deployment.equals(that.deployment);
    }
  }

  public FactorCatalogue catalogue() {
    return catalogue;
  }

  /**
   * A card of other factors, with the same draws and the same treatment of names that they do not
   * know.
   *
   * @param other factors with the same correlations
   */
  public RateCard withFactors(FactorCatalogue other) {
    return new RateCard(other, draws, fallback);
  }

  /**
   * What an activity costs.
   *
   * @throws io.gtrace.factor.UnknownNameException if its model, place or device is not known
   * @throws IllegalArgumentException if it lies before the first factors, or its model does not fit
   *     on its device
   */
  public Footprint price(Activity activity) {
    CardRow row = row(activity);
    return row.price(activity.volumes(row.defaults()));
  }

  /** How the cost of an activity comes about, down to the sources. */
  public Trace explain(Activity activity) {
    CardRow row = row(activity);
    return row.explain(activity.volumes(row.defaults()));
  }

  /** Which factors make the interval of that cost as wide as it is, the widest first. */
  public List<VarianceShare> sensitivity(Activity activity, Impact impact) {
    CardRow row = row(activity);
    return new Sensitivity(
            draws, catalogue.correlations(), row, activity.volumes(row.defaults()), impact)
        .shares();
  }

  /** The row that prices an activity. */
  public CardRow row(Activity activity) {
    Context context = activity.context();
    return row(activity.subject(), activity.modality(), context.site(), context.when());
  }

  /** A sum of work to be priced by rows of this card; empty at first. */
  public PricedVolumes newSum() {
    return new PricedVolumes(catalogue.factorSet(), draws.count());
  }

  /**
   * The row of a model at a site.
   *
   * @param subject the model; the accelerator where {@link Modality#goesByHardware}
   * @param when the moment; empty for the newest year as a whole
   */
  public CardRow row(String subject, Modality modality, Site site, Optional<Instant> when) {
    int year = NO_YEAR;
    int slot = WHOLE_YEAR;
    if (when.isPresent()) {
      Instant moment = when.get();
      year = LocalDate.ofInstant(moment, ZoneOffset.UTC).getYear();
      slot = HourlyProfile.slotOf(moment);
    }
    RowKey key = new RowKey(subject, modality, site, year, slot);
    CardRow known = rows.get(key);
    return known != null ? known : compiled(key);
  }

  /**
   * The row of a model at a site over a whole year, hours of the day not told apart.
   *
   * @param subject the model; the accelerator where {@link Modality#goesByHardware}
   * @param year year of the grid factors; empty for the newest
   */
  public CardRow rowOfYear(String subject, Modality modality, Site site, OptionalInt year) {
    RowKey key = new RowKey(subject, modality, site, year.orElse(NO_YEAR), WHOLE_YEAR);
    CardRow known = rows.get(key);
    return known != null ? known : compiled(key);
  }

  /**
   * The rows that together price every moment of a year: one for each month and hour of the day
   * where the hours of the grid or of a contract are known, else one for the year.
   */
  public List<CardRow> rowsByHour(String subject, Modality modality, Site site, int year) {
    CardRow wholeYear = rowOfYear(subject, modality, site, OptionalInt.of(year));
    if (hourRatios(wholeYear).isEmpty()) {
      return List.of(wholeYear);
    }
    List<CardRow> byHour = new ArrayList<>(HourlyProfile.SLOTS);
    for (int slot = 0; slot < HourlyProfile.SLOTS; slot++) {
      RowKey key = new RowKey(subject, modality, site, year, slot);
      CardRow known = rows.get(key);
      byHour.add(known != null ? known : compiled(key));
    }
    return List.copyOf(byHour);
  }

  /**
   * Each hour over the year at the site of a row, in the order of {@link HourlyProfile#slotOf};
   * empty where hours are not told apart.
   */
  public List<HourRatios> hourRatios(CardRow row) {
    Optional<HourlyProfile> profile = catalogue.hourlyProfile(row.zone().id());
    if (profile.isEmpty() && row.matchedHours().isEmpty()) {
      return List.of();
    }
    return IntStream.range(0, HourlyProfile.SLOTS)
        .mapToObj(slot -> HourOfYear.of(slot, profile, row.matchedHours()).ratios())
        .toList();
  }

  private CardRow compiled(RowKey key) {
    if (key.year() != NO_YEAR && key.year() < catalogue.firstYear()) {
      throw new IllegalArgumentException(
          "the year "
              + key.year()
              + " lies before the first grid factors of "
              + catalogue.firstYear());
    }
    if (rows.size() >= MOST_ROWS || siteDraws.size() >= MOST_SITES || rates.size() >= MOST_RATES) {
      rows.clear();
      siteDraws.clear();
      rates.clear();
    }
    CardRow row = key.modality().goesByHardware() ? hardwareRow(key) : modelRow(key);
    CardRow earlier = rows.putIfAbsent(key, row);
    return earlier != null ? earlier : row;
  }

  private CardRow modelRow(RowKey key) {
    Model model = catalogue.model(key.subject(), key.modality(), fallback);
    requireFor(key.modality(), model);
    SiteDraws site = site(key, model.provider(), Optional.empty());
    UnitRates unitRates =
        rates.computeIfAbsent(
            new RatesKey(model.id(), model.modality(), site.site().deployment().label()),
            missing -> UnitRates.compiled(estimators.of(model, site.site().deployment()), draws));
    PricedModel priced =
        new PricedModel(model.id(), model.defaults(), model.notes(), variation(model.modality()));
    return row(priced, key, site, unitRates);
  }

  private CardRow hardwareRow(RowKey key) {
    Accelerator accelerator =
        catalogue.accelerator(key.subject(), Accelerator.Kind.IN_DATA_CENTRES, fallback);
    SiteDraws site = site(key, "default", Optional.of(accelerator));
    UnitRates unitRates =
        rates.computeIfAbsent(
            new RatesKey(accelerator.id(), key.modality(), site.site().deployment().label()),
            missing -> UnitRates.compiled(estimators.ofHardware(site.site().deployment()), draws));
    return row(
        new PricedModel(
            accelerator.id(), GenerationDefaults.COMMON, List.of(), variation(key.modality())),
        key,
        site,
        unitRates);
  }

  private double variation(Modality modality) {
    double logSd = catalogue.assumption("request-log-sd-" + modality.label()).median();
    return Math.expm1(logSd * logSd);
  }

  private CardRow row(PricedModel model, RowKey key, SiteDraws site, UnitRates unitRates) {
    HourOfYear hour =
        key.slot() == WHOLE_YEAR
            ? HourOfYear.WHOLE_YEAR
            : HourOfYear.of(
                key.slot(),
                catalogue.hourlyProfile(site.site().zone().id()),
                site.site().matchedHours());
    return new CardRow(
        catalogue::factorSet, model, key.modality(), site, key.year(), hour, unitRates);
  }

  private SiteDraws site(RowKey key, String modelProvider, Optional<Accelerator> accelerator) {
    HostingProvider host = catalogue.hostingProvider(modelProvider);
    SiteKey siteKey =
        new SiteKey(key.site(), host.id(), accelerator.map(Accelerator::id).orElse(""), key.year());
    return siteDraws.computeIfAbsent(
        siteKey,
        missing ->
            SiteDraws.compiled(sites.resolve(key.site(), host, accelerator, yearOf(key)), draws));
  }

  /** A model priced for what it does not make would seem to cost nothing. */
  private static void requireFor(Modality asked, Model model) {
    Modality made = model.modality();
    boolean tokens = asked == Modality.EMBEDDING && made == Modality.TEXT;
    if (asked != made && !tokens) {
      throw new IllegalArgumentException(
          "model '"
              + model.id()
              + "' is known for "
              + made.label()
              + ", it cannot be priced for "
              + asked.label());
    }
  }

  private static OptionalInt yearOf(RowKey key) {
    return key.year() == NO_YEAR ? OptionalInt.empty() : OptionalInt.of(key.year());
  }
}
