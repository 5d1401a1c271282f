package io.gtrace.governance.advice;

import io.gtrace.activity.Driver;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.factor.Place;
import io.gtrace.factor.Position;
import io.gtrace.governance.routing.Places;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.simulation.document.Document;
import io.gtrace.simulation.document.DocumentException;
import io.gtrace.simulation.document.DocumentSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Reads what an organisation says about its work from a YAML file. */
public final class OrganisationReader {
  private static final String SCHEMA = "workloads.schema.json";
  private static final double MILLION = 1e6;
  private static final List<GroupBy> MATCHED =
      List.of(GroupBy.TEAM, GroupBy.APP, GroupBy.MODEL, GroupBy.MODALITY);

  /** Names of prices, each of one unit of a driver; of tokens of a million. */
  private static final Map<String, Driver> PRICED =
      Map.of(
          "input", Driver.INPUT_TOKENS,
          "cached-input", Driver.CACHED_INPUT_TOKENS,
          "output", Driver.OUTPUT_TOKENS,
          "image", Driver.IMAGES,
          "video", Driver.VIDEOS,
          "request", Driver.REQUESTS);

  private static final Set<Driver> BY_MILLION =
      Set.of(Driver.INPUT_TOKENS, Driver.CACHED_INPUT_TOKENS, Driver.OUTPUT_TOKENS);

  private final FactorCatalogue catalogue;

  /**
   * @param catalogue that knows the models and places which a file may name
   */
  public OrganisationReader(FactorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Reads a file.
   *
   * @throws DocumentException if it cannot be used; the message names file, line and field
   */
  public Organisation read(Path file) {
    return read(file.toString(), Document.text(file, "file of workloads"));
  }

  /**
   * Reads a text.
   *
   * @param file its name, for messages
   */
  Organisation read(String file, String yaml) {
    Document document = Document.read(file, yaml);
    DocumentSchema.of(schema()).check(document);
    Field root = new Field(document, "");
    Map<String, Double> capacity = new LinkedHashMap<>();
    root.at("capacity-kw")
        .fields()
        .forEach((name, field) -> capacity.put(site(field, name), field.number()));
    Map<String, Integer> quality = new LinkedHashMap<>();
    root.at("quality")
        .fields()
        .forEach((name, field) -> quality.put(model(field, name).id(), (int) field.number()));
    Map<String, String> smaller = new LinkedHashMap<>();
    root.at("smaller")
        .fields()
        .forEach(
            (name, field) -> smaller.put(model(field, name).id(), model(field, field.text()).id()));
    return new Organisation(
        workloads(root.at("workloads")),
        root.at("regions").items().stream().map(field -> site(field, field.text())).toList(),
        capacity,
        prices(root.at("prices")),
        quality,
        smaller,
        assumptions(root.at("assumptions"), file));
  }

  private static String schema() {
    try (InputStream in = OrganisationReader.class.getResourceAsStream(SCHEMA)) {
      if (in == null) {
        throw new IllegalStateException(SCHEMA + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(SCHEMA + " cannot be read", e);
    }
  }

  /** A field of the file, which need not be there. */
  private record Field(Document document, String pointer) {
    JsonNode node() {
      return document.at(pointer);
    }

    boolean isThere() {
      return !node().isMissingNode();
    }

    Field at(String name) {
      return new Field(document, pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    Map<String, Field> fields() {
      Map<String, Field> fields = new LinkedHashMap<>();
      node().properties().forEach(each -> fields.put(each.getKey(), at(each.getKey())));
      return fields;
    }

    /** The entries of a list, or one that is no list; none where it is not there. */
    List<Field> items() {
      if (!isThere()) {
        return List.of();
      }
      return node().isArray()
          ? IntStream.range(0, node().size()).mapToObj(i -> at(Integer.toString(i))).toList()
          : List.of(this);
    }

    String text() {
      return node().asString();
    }

    double number() {
      return node().doubleValue();
    }

    OptionalDouble optionalNumber() {
      return isThere() ? OptionalDouble.of(number()) : OptionalDouble.empty();
    }

    OptionalInt optionalWhole() {
      return isThere() ? OptionalInt.of(node().intValue()) : OptionalInt.empty();
    }

    DocumentException wrong(String complaint) {
      return document.fault(pointer, complaint);
    }
  }

  private Model model(Field field, String name) {
    return catalogue
        .findModel(name)
        .orElseThrow(() -> field.wrong("there is no model '" + name + "': see gtrace models"));
  }

  /** The canonical name of a place. */
  private String site(Field field, String name) {
    Optional<Place> place = catalogue.findPlace(name);
    if (place.isEmpty()) {
      List<String> nearest = catalogue.nearestPlaces(name);
      throw field.wrong(
          "there is no place '"
              + name
              + "'"
              + (nearest.isEmpty() ? "" : "; nearest: " + String.join(", ", nearest)));
    }
    return Places.id(place.get());
  }

  private List<Workload> workloads(Field all) {
    List<Workload> workloads = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Field field : all.items()) {
      Workload workload = workload(field);
      if (!names.add(workload.name())) {
        throw field.wrong("'" + workload.name() + "' is there twice");
      }
      workloads.add(workload);
    }
    return workloads;
  }

  private Workload workload(Field of) {
    Map<GroupBy, String> match = new EnumMap<>(GroupBy.class);
    for (GroupBy dimension : MATCHED) {
      Field field = of.at(dimension.label());
      if (field.isThere()) {
        String value = field.text();
        match.put(dimension, dimension == GroupBy.MODEL ? model(field, value).id() : value);
      }
    }
    Field users = of.at("users");
    return new Workload(
        of.at("name").text(),
        match,
        users.isThere() ? Optional.of(position(users)) : Optional.empty(),
        of.at("max-latency-ms").optionalNumber(),
        residency(of.at("residency")),
        of.at("slack-hours").optionalWhole(),
        of.at("min-quality").optionalWhole(),
        without(of.at("without")));
  }

  private Position position(Field field) {
    String name = field.text();
    Place place =
        catalogue
            .findPlace(name)
            .orElseThrow(() -> field.wrong("there is no place '" + name + "'"));
    return Places.position(catalogue, place)
        .orElseThrow(() ->
            field.wrong("nobody knows where '" + name + "' lies: name a country or a region"));
  }

  private List<String> residency(Field all) {
    Residency residency = new Residency(catalogue);
    List<String> areas = new ArrayList<>();
    for (Field field : all.items()) {
      if (!residency.isKnown(field.text())) {
        throw field.wrong("'" + field.text() + "' is no country, grid zone, region, EU or EEA");
      }
      areas.add(field.text());
    }
    return areas;
  }

  private static Set<String> without(Field all) {
    Set<String> ids = new HashSet<>();
    List<String> known = Plan.actions();
    for (Field field : all.items()) {
      if (!known.contains(field.text())) {
        throw field.wrong(
            "there is no action '" + field.text() + "'; there are " + String.join(", ", known));
      }
      ids.add(field.text());
    }
    return ids;
  }

  private Prices prices(Field prices) {
    if (!prices.isThere()) {
      return Prices.NONE;
    }
    Map<String, Map<Driver, Double>> models = new LinkedHashMap<>();
    prices
        .at("models")
        .fields()
        .forEach((name, field) -> models.put(model(field, name).id(), byDriver(field)));
    Map<String, Double> electricity = new LinkedHashMap<>();
    prices
        .at("electricity-per-kwh")
        .fields()
        .forEach((name, field) -> electricity.put(site(field, name), field.number()));
    return new Prices(prices.at("currency").text(), models, electricity);
  }

  private static Map<Driver, Double> byDriver(Field ofModel) {
    Map<Driver, Double> byDriver = new EnumMap<>(Driver.class);
    ofModel
        .fields()
        .forEach((what, field) -> {
          Driver driver = Optional.ofNullable(PRICED.get(what)).orElseThrow();
          double price = field.number();
          byDriver.put(driver, BY_MILLION.contains(driver) ? price / MILLION : price);
        });
    return byDriver;
  }

  private static Assumptions assumptions(Field own, String file) {
    Assumptions all = Assumptions.shipped();
    for (Map.Entry<String, Field> each : own.fields().entrySet()) {
      all = changed(all, each.getKey(), each.getValue(), file);
    }
    return all;
  }

  private static Assumptions changed(Assumptions all, String id, Field field, String file) {
    if (!all.ids().contains(id)) {
      throw field.wrong("there is no such assumption; there are " + String.join(", ", all.ids()));
    }
    double median = field.node().isNumber() ? field.number() : field.at("median").number();
    Field source = field.at("source");
    try {
      return all.with(
          id,
          field.at("low").optionalNumber().orElse(median),
          median,
          field.at("high").optionalNumber().orElse(median),
          source.isThere() ? source.text() : file);
    } catch (IllegalArgumentException outside) {
      throw field.wrong(String.valueOf(outside.getMessage()));
    }
  }
}
