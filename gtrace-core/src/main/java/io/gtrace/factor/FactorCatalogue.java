package io.gtrace.factor;

import io.gtrace.activity.Modality;
import io.gtrace.factor.FactorTable.Entry;
import io.gtrace.factor.FactorTable.Row;
import io.gtrace.factor.GridIntensity.Basis;
import io.gtrace.site.Site;
import io.gtrace.uncertainty.Correlations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything known about models, places and hardware, indexed by name. Immutable; loading takes
 * more than a tenth of a second in a fresh JVM, so load once and share. Names are indexed by then;
 * rows are read when they are asked for, and so are the files that few programs ask for.
 *
 * <p>A catalogue is one <em>factor set</em>: its {@link #factorSet} digest changes with any byte of
 * any file it was read from, and every figure names the set that priced it.
 */
public final class FactorCatalogue {
  private final ModelIndex models;
  private final RowIndex<GridZone> zones;
  private final RowIndex<CloudRegion> regions;
  private final RowIndex<Accelerator> accelerators;

  /** Those of a user, in the order in which they are laid over the others. */
  private final List<FactorOverrides> own;

  private final Lazy<Map<String, HostingProvider>> providers;
  private final Map<String, Site.OwnDataCentre> dataCentres;
  private final Lazy<GridIntensities> intensities;
  private final Lazy<Map<String, GridImpacts>> impacts;
  private final Lazy<HourlyProfiles> profiles;
  private final Map<String, Entry<Assumption>> assumptions;
  private final Lazy<Map<String, List<LawMisfit>>> misfits;
  private final Lazy<Correlations> correlations;
  private final Lazy<String> digest;
  private final Lazy<List<FactorRow>> rows;
  private final Lazy<ModelFallback> modelFallback;
  private final Lazy<PlaceNames> placeNames;
  private final Remembered<String, Optional<Modality>> modalities =
      new Remembered<>(this::findModality);

  private FactorCatalogue(FactorTables tables, List<FactorOverrides> own) {
    this.own = own;
    // Models and intensities are three quarters of all bytes; intensities are asked for last.
    CompletableFuture<ModelIndex> modelIndex =
        CompletableFuture.supplyAsync(() -> new ModelIndex(tables.models()));
    CompletableFuture<GridIntensities> gridIntensities =
        CompletableFuture.supplyAsync(() -> new GridIntensities(tables.intensities()));
    zones = new RowIndex<>(tables.zones(), row -> row.required("zone"), List.of("name", "aliases"));
    regions =
        new RowIndex<>(tables.regions(), FactorCatalogue::regionId, List.of("region", "aliases"));
    accelerators =
        new RowIndex<>(
            tables.accelerators(), row -> row.required("id"), List.of("aliases", "name"));
    assumptions = byKey(tables.assumptions(), entry -> entry.row().required("id"));
    dataCentres = byKey(tables.dataCentres(), Site.OwnDataCentre::name);
    providers = new Lazy<>(() -> byKey(tables.providers(), HostingProvider::id));
    impacts = new Lazy<>(() -> byKey(tables.impacts(), GridImpacts::zone));
    profiles = new Lazy<>(() -> new HourlyProfiles(tables.profiles()));
    misfits = new Lazy<>(() -> byLaw(tables.misfits()));
    correlations = new Lazy<>(tables::correlations);
    digest = new Lazy<>(tables::digest);
    rows = new Lazy<>(tables::rows);
    models = joined(modelIndex);
    intensities = new Lazy<>(() -> joined(gridIntensities));
    modelFallback = new Lazy<>(() -> new ModelFallback(models.models()));
    placeNames = new Lazy<>(() -> new PlaceNames(zones, regions.all()));
  }

  private static <T> T joined(CompletableFuture<T> reading) {
    try {
      return reading.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof FactorFileException refused ? refused : failed;
    }
  }

  /** The factors that ship with G-TRACE. */
  public static FactorCatalogue shipped() {
    return new FactorCatalogue(FactorTables.shipped(), List.of());
  }

  /**
   * The shipped factors with a user's own laid over them.
   *
   * @param overrides a YAML file; its sections and fields are those of the shipped CSV files
   * @throws FactorFileException if it cannot be used; the message names line and field
   */
  public static FactorCatalogue shippedWith(Path overrides) {
    return shippedWith(List.of(FactorOverrides.read(overrides)));
  }

  private static FactorCatalogue shippedWith(List<FactorOverrides> overrides) {
    FactorCatalogue catalogue =
        new FactorCatalogue(FactorTables.shippedWith(overrides), List.copyOf(overrides));
    catalogue.readLateFiles();
    return catalogue;
  }

  /**
   * These factors with further ones laid over them.
   *
   * @param overrides a YAML file, as for {@link #shippedWith}
   * @throws FactorFileException if it cannot be used; the message names line and field
   */
  public FactorCatalogue with(Path overrides) {
    return shippedWith(
        Stream.concat(own.stream(), Stream.of(FactorOverrides.read(overrides))).toList());
  }

  /** A user wants to be told at once what is wrong with a file. */
  private void readLateFiles() {
    providers.get();
    impacts.get();
    profiles.get();
    intensities.get();
    misfits.get();
    correlations.get();
  }

  /** Digest of the set: {@code sha256:} and 64 hexadecimal digits. */
  public String factorSet() {
    return digest.get();
  }

  /** All rows of all factor files as they are written, table by table, a user's own first. */
  public List<FactorRow> rows() {
    return rows.get();
  }

  /** The first year for which there is any grid intensity; nothing before it can be priced. */
  public int firstYear() {
    return intensities.get().firstYear();
  }

  public List<Model> models() {
    return models.models();
  }

  public List<GridZone> zones() {
    return zones.all();
  }

  public List<CloudRegion> regions() {
    return regions.all();
  }

  public List<Accelerator> accelerators() {
    return accelerators.all();
  }

  public Collection<Site.OwnDataCentre> dataCentres() {
    return dataCentres.values();
  }

  /**
   * The model of this name, as catalogues, gateways, clouds and hubs write it: what says who serves
   * the model, how and since when is read away. Where the name states a precision that is not the
   * usual one of the model, it is the model in that precision, under an id of its own that this
   * method knows too.
   */
  public Optional<Model> findModel(String name) {
    return models.find(name);
  }

  /**
   * The model of this name, as {@link #findModel} reads it.
   *
   * @param modality what it was used for; the fallback of an unknown name and the names that an
   *     exception names are models for that
   * @throws UnknownNameException if there is none and no fallback is allowed
   */
  public Model model(String name, Modality modality, Fallback fallback) {
    return findModel(name)
        .orElseGet(() -> {
          if (fallback == Fallback.REFUSE) {
            throw new UnknownNameException(
                UnknownNameException.Kind.MODEL, name, models.nearest(name, modality));
          }
          return modelFallback.get().standIn(name, modality);
        });
  }

  /**
   * What a model of this name is used for: as the catalogue says, or for an unknown model as words
   * such as {@code tts}, {@code embed} and {@code video} or its family tell; empty if nothing does.
   */
  public Optional<Modality> modalityOf(String name) {
    return modalities.of(name);
  }

  private Optional<Modality> findModality(String name) {
    Optional<Modality> known = findModel(name).map(Model::modality);
    return known.isPresent() ? known : modelFallback.get().modalityOf(name);
  }

  /**
   * The accelerator or edge device of this name or alias.
   *
   * @throws UnknownNameException if there is none
   */
  public Accelerator accelerator(String name) {
    return accelerators
        .find(name)
        .orElseThrow(() ->
            new UnknownNameException(
                UnknownNameException.Kind.DEVICE, name, accelerators.nearest(name)));
  }

  /**
   * The accelerator or edge device of this name or alias.
   *
   * @param usual of which classes it may be where its name does not tell its class
   * @throws UnknownNameException if there is none and no fallback is allowed; with a fallback the
   *     middle one of its class stands in, with the {@link Accelerator#likeness} of the class
   */
  public Accelerator accelerator(String name, Set<Accelerator.Kind> usual, Fallback fallback) {
    return fallback == Fallback.REFUSE
        ? accelerator(name)
        : accelerators
            .find(name)
            .orElseGet(() -> new DeviceFallback(accelerators()).standIn(name, usual));
  }

  /** The data centre, cloud region or grid zone of this name, looked for in that order. */
  public Optional<Place> findPlace(String name) {
    Site.OwnDataCentre own = dataCentres.get(name);
    if (own != null) {
      return Optional.of(new Place.Own(own));
    }
    Optional<Place> region = regions.find(name).map(Place.InCloud::new);
    return region.isPresent() ? region : zones.find(name).map(Place.OnGrid::new);
  }

  /**
   * The data centre, cloud region or grid zone of this name.
   *
   * @throws UnknownNameException if there is none and no fallback is allowed; with a fallback it is
   *     in the city, country or continent that the name tells, or else in the world
   */
  public Place place(String name, Fallback fallback) {
    return findPlace(name)
        .orElseGet(() -> {
          if (fallback == Fallback.REFUSE) {
            throw new UnknownNameException(
                UnknownNameException.Kind.PLACE, name, nearestPlaces(name));
          }
          return new Place.OnGrid(standInZone(name));
        });
  }

  /**
   * The grid zone of this name.
   *
   * @throws UnknownNameException if there is none and no fallback is allowed; with a fallback it
   *     lies as {@link #place} says
   */
  public GridZone zone(String name, Fallback fallback) {
    return zones
        .find(name)
        .orElseGet(() -> {
          if (fallback == Fallback.REFUSE) {
            throw new UnknownNameException(
                UnknownNameException.Kind.PLACE, name, zones.nearest(name));
          }
          return standInZone(name);
        });
  }

  /** Who serves the models of this provider when no region is named. */
  public HostingProvider hostingProvider(String provider) {
    HostingProvider known = providers.get().get(provider.toLowerCase(Locale.ROOT));
    if (known != null) {
      return known;
    }
    HostingProvider fallback = providers.get().get("default");
    if (fallback == null) {
      throw new IllegalStateException("providers.csv lacks its row 'default'");
    }
    return fallback;
  }

  /** A constant of the method as a factor; its id is its name in {@code assumptions.csv}. */
  public Factor assumption(String id) {
    return findAssumption(id)
        .orElseThrow(() -> new IllegalStateException("assumptions.csv lacks '" + id + "'"));
  }

  /** The constant of that name, if there is one. */
  public Optional<Factor> findAssumption(String id) {
    return Optional.ofNullable(assumptions.get(id)).map(FactorCatalogue::factor);
  }

  /** All constants of the method. */
  public List<Factor> assumptions() {
    return assumptions.values().stream().map(FactorCatalogue::factor).toList();
  }

  private static Factor factor(Entry<Assumption> entry) {
    Assumption assumption = entry.get();
    return Factor.of(
        assumption.id(),
        assumption.meaning(),
        assumption.unit(),
        assumption.scatter(),
        assumption.provenance());
  }

  /** How constants that were fitted together err together. */
  public Correlations correlations() {
    return correlations.get();
  }

  /** How the law missed the model on that accelerator, if it was measured there. */
  public Optional<LawMisfit> misfit(String law, String model, String accelerator) {
    return misfits(law)
        .filter(each -> each.model().equals(model) && each.accelerator().equals(accelerator))
        .findFirst();
  }

  /** How the law missed the model where it was measured most often. */
  public Optional<LawMisfit> misfit(String law, String model) {
    return misfits(law)
        .filter(each -> each.model().equals(model))
        .max(Comparator.comparingInt(LawMisfit::rows));
  }

  /** The accelerators on which a law was held against measurements. */
  public Set<String> misfitAccelerators(String law) {
    return misfits(law).map(LawMisfit::accelerator).collect(Collectors.toSet());
  }

  private Stream<LawMisfit> misfits(String law) {
    return misfits.get().getOrDefault(law, List.of()).stream();
  }

  /** The grid factors of a zone. */
  public GridFactors grid(GridZone zone) {
    return new GridFactors(this, zone);
  }

  /** How the intensity of this very zone moves over day and year, where known. */
  public Optional<HourlyProfile> hourlyProfile(String zone) {
    return profiles.get().of(zone);
  }

  /** The zones whose hours are told apart, in order of name. */
  public List<String> zonesWithHours() {
    return profiles.get().zones();
  }

  /** At most three known places whose own name, city or country is most like this one. */
  public List<String> nearestPlaces(String name) {
    return placeNames.get().nearest(name);
  }

  NavigableMap<Integer, GridIntensity> intensities(String zone, Basis basis) {
    return intensities.get().of(zone, basis);
  }

  Optional<GridImpacts> impacts(String zone) {
    return Optional.ofNullable(impacts.get().get(zone));
  }

  Optional<GridZone> parent(GridZone zone) {
    return zone.parent().isEmpty() ? Optional.empty() : zones.find(zone.parent());
  }

  /** An unknown place in the smallest known zone around it, of a kind as far from that zone. */
  private GridZone standInZone(String name) {
    GridZone around = placeNames.get().zoneAround(name).orElseGet(this::world);
    boolean nothingKnown = around.parent().isEmpty();
    String kind = nothingKnown ? "unknown" : around.kind().equals("continent") ? "country" : "part";
    return new GridZone(
        name,
        kind,
        "unknown place '" + name + "'" + (nothingKnown ? "" : " in " + around.name()),
        around.id(),
        around.position(),
        List.of(),
        around.provenance());
  }

  private GridZone world() {
    return zones
        .find("WORLD")
        .orElseThrow(() -> new IllegalStateException("grid_zones.csv lacks WORLD"));
  }

  private static String regionId(Row row) {
    return row.required("provider") + "/" + row.required("region");
  }

  private static Map<String, List<LawMisfit>> byLaw(List<LawMisfit> misfits) {
    Map<String, List<LawMisfit>> byLaw = new HashMap<>();
    for (LawMisfit misfit : misfits) {
      byLaw.computeIfAbsent(misfit.law(), law -> new ArrayList<>()).add(misfit);
    }
    return byLaw;
  }

  private static <T> Map<String, T> byKey(Collection<T> rows, Function<T, String> key) {
    Map<String, T> map = new LinkedHashMap<>();
    rows.forEach(row -> map.put(key.apply(row), row));
    return map;
  }
}
