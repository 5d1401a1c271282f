package io.gtrace.ecologits;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.activity.TextGeneration;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Model;
import io.gtrace.factor.NameIndex;
import io.gtrace.factor.Place;
import io.gtrace.factor.UnknownNameException;
import io.gtrace.site.Site;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The models, data centres and electricity mixes that EcoLogits assumes, as published with its
 * version 0.9.3 (models, mixes) and in its methodology 0.11.2 (data centres). Immutable.
 */
public final class EcoLogitsCatalogue {
  private static final String WORLD = "WOR";

  private final FactorCatalogue names;
  private final List<Entry> entries;
  private final NameIndex<Entry> models;
  private final Map<String, Provider> providers;
  private final Map<String, ElectricityMix> mixes;

  /**
   * A model of EcoLogits' list.
   *
   * @param provider whose interface it is called through
   * @param name as that interface calls it
   * @param served its size and speed
   */
  public record Entry(String provider, String name, ServedModel served) {}

  private record Provider(String zone, DataCentre dataCentre) {}

  private EcoLogitsCatalogue(
      FactorCatalogue names,
      List<Entry> entries,
      Map<String, Provider> providers,
      Map<String, ElectricityMix> mixes) {
    this.names = names;
    this.entries = List.copyOf(entries);
    this.models = new NameIndex<>(entries, Entry::name, entry -> List.of());
    this.providers = providers;
    this.mixes = mixes;
  }

  /**
   * Reads the files that ship beside this class.
   *
   * @param names finds models by other names, and the country of a place
   */
  public static EcoLogitsCatalogue shipped(FactorCatalogue names) {
    Map<String, Provider> providers = new HashMap<>();
    read(
            "data_centres.csv",
            row ->
                Map.entry(
                    row.getField("provider"),
                    new Provider(
                        row.getField("zone"),
                        new DataCentre(
                            range(row, "pue_low", "pue_high"), range(row, "wue_low", "wue_high")))))
        .forEach(each -> providers.put(each.getKey(), each.getValue()));
    Map<String, ElectricityMix> mixes = new TreeMap<>();
    read(
            "electricity_mixes.csv",
            row ->
                Map.entry(
                    row.getField("zone"),
                    new ElectricityMix(
                        number(row, "gwp_kg_per_kwh"),
                        number(row, "adpe_kgsbeq_per_kwh"),
                        number(row, "primary_energy_mj_per_kwh"),
                        number(row, "water_l_per_kwh"))))
        .forEach(each -> mixes.put(each.getKey(), each.getValue()));
    return new EcoLogitsCatalogue(
        names, read("models.csv", EcoLogitsCatalogue::entry), providers, mixes);
  }

  private static Entry entry(NamedCsvRecord row) {
    return new Entry(
        row.getField("provider"),
        row.getField("model"),
        new ServedModel(
            range(row, "active_params_b_low", "active_params_b_high"),
            range(row, "total_params_b_low", "total_params_b_high"),
            optionalNumber(row, "tokens_per_s"),
            optionalNumber(row, "time_to_first_token_s")));
  }

  private static <T> List<T> read(String file, Function<NamedCsvRecord, T> reader) {
    try (InputStream in = EcoLogitsCatalogue.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the build");
      }
      String csv = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return CsvReader.builder().ofNamedCsvRecord(csv).stream().map(reader).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static double number(NamedCsvRecord row, String field) {
    return Double.parseDouble(row.getField(field));
  }

  private static OptionalDouble optionalNumber(NamedCsvRecord row, String field) {
    return row.getField(field).isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(number(row, field));
  }

  private static ValueRange range(NamedCsvRecord row, String low, String high) {
    return new ValueRange(number(row, low), number(row, high));
  }

  /**
   * A model by its name there, or by any name that the factor catalogue knows it by.
   *
   * @throws UnknownNameException if EcoLogits has no such model
   */
  public Entry model(String name) {
    Stream<String> others =
        names.findModel(name).stream()
            .flatMap(
                (Model known) -> Stream.concat(Stream.of(known.id()), known.aliases().stream()));
    return Stream.concat(Stream.of(name), others)
        .flatMap(each -> models.find(each).stream())
        .findFirst()
        .orElseThrow(() ->
            new UnknownNameException(UnknownNameException.Kind.MODEL, name, models.nearest(name)));
  }

  /** The providers whose interfaces EcoLogits knows, by name. */
  public List<String> providers() {
    return providers.keySet().stream().sorted().toList();
  }

  /** The models of a provider; none if there is no such provider. */
  public List<Entry> modelsOf(String provider) {
    return entries.stream().filter(each -> each.provider().equals(provider)).toList();
  }

  /** A model by the very name that a provider's interface calls it. */
  public Optional<Entry> find(String provider, String name) {
    return modelsOf(provider).stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The zone where EcoLogits takes the provider of a model to run it, by its three letters. */
  public String zone(Entry model) {
    return provider(model).zone();
  }

  /** The electricity of a zone by its three letters, {@code WOR} for the world. */
  public Optional<ElectricityMix> findMix(String zone) {
    return Optional.ofNullable(mixes.get(zone));
  }

  /** Where EcoLogits takes the provider of a model to run it. */
  public DataCentre dataCentre(Entry model) {
    return provider(model).dataCentre();
  }

  private Provider provider(Entry model) {
    Provider provider = providers.get(model.provider());
    if (provider == null) {
      throw new IllegalStateException("data_centres.csv lacks " + model.provider());
    }
    return provider;
  }

  /**
   * The electricity of a site: of its country, or where none is given of the provider's.
   *
   * @throws UnknownNameException if the place is not known
   * @throws IllegalArgumentException if EcoLogits has no mix for it
   */
  public ElectricityMix mix(Entry model, Site site) {
    return mix(zone(model, site), site.label());
  }

  private String zone(Entry model, Site site) {
    if (site instanceof Site.Place place) {
      return zone(place.name());
    }
    if (site instanceof Site.OwnDataCentre own) {
      return iso3(own.zone());
    }
    if (site instanceof Site.EdgeDevice edge) {
      throw new IllegalArgumentException("EcoLogits prices data centres only, not " + edge.label());
    }
    return provider(model).zone();
  }

  private ElectricityMix mix(String zone, String asGiven) {
    ElectricityMix mix = mixes.get(zone);
    if (mix == null) {
      throw new IllegalArgumentException(
          "EcoLogits has no electricity mix for '"
              + asGiven
              + "'; it has "
              + String.join(", ", mixes.keySet()));
    }
    return mix;
  }

  private String zone(String place) {
    if (mixes.containsKey(place)) {
      return place;
    }
    Place known = names.place(place, Fallback.REFUSE);
    if (known instanceof Place.InCloud cloud) {
      return iso3(cloud.region().country());
    }
    return iso3(
        known instanceof Place.Own own
            ? own.dataCentre().zone()
            : ((Place.OnGrid) known).zone().id());
  }

  /** The three-letter code of the country that a zone is or lies in. */
  private String iso3(String zoneId) {
    GridZone zone = names.zone(zoneId, Fallback.REFUSE);
    while (!zone.kind().equals("country") && !zone.parent().isEmpty()) {
      zone = names.zone(zone.parent(), Fallback.REFUSE);
    }
    if (zone.kind().equals("world")) {
      return WORLD;
    }
    return zone.aliases().stream().filter(mixes::containsKey).findFirst().orElse(zone.id());
  }

  /** What a text generation costs, a bucket of requests as so many requests of mean length. */
  public RequestImpacts impacts(TextGeneration activity, OptionalDouble measuredLatencyS) {
    Entry model = model(activity.model());
    double tokens =
        ((double) activity.outputTokens() + (double) activity.reasoningTokens())
            / (double) activity.requests();
    return EcoLogits.impacts(
            model.served(),
            tokens,
            measuredLatencyS,
            mix(model, activity.context().site()),
            dataCentre(model))
        .times((double) activity.requests());
  }
}
