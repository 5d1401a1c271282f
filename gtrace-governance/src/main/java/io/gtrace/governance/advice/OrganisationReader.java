package io.gtrace.governance.advice;

import io.gtrace.activity.Driver;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.factor.Place;
import io.gtrace.factor.Position;
import io.gtrace.governance.routing.Places;
import io.gtrace.ledger.UsageException;
import io.gtrace.ledger.format.YamlFields;
import io.gtrace.ledger.query.GroupBy;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads what an organisation says about its work from a YAML file. */
public final class OrganisationReader {
  private static final double MILLION = 1e6;
  private static final int MOST_HOURS = 24 * 7;
  private static final List<String> FIELDS =
      List.of("workloads", "regions", "capacity-kw", "prices", "quality", "smaller", "assumptions");
  private static final List<String> OF_WORKLOAD =
      List.of(
          "name",
          "team",
          "app",
          "model",
          "modality",
          "users",
          "max-latency-ms",
          "residency",
          "slack-hours",
          "min-quality",
          "without");
  private static final List<GroupBy> MATCHED =
      List.of(GroupBy.TEAM, GroupBy.APP, GroupBy.MODEL, GroupBy.MODALITY);
  private static final List<String> OF_ASSUMPTION = List.of("low", "median", "high", "source");

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
   * @throws UsageException if it cannot be used; the message names file, line and field
   */
  public Organisation read(Path file) {
    try {
      return read(file.toString(), Files.readString(file));
    } catch (NoSuchFileException missing) {
      throw new UsageException(file + ": there is no such file");
    } catch (CharacterCodingException notText) {
      throw new UsageException(file + ": is not text in UTF-8");
    } catch (IOException unreadable) {
      throw new UsageException(file + ": cannot be read: " + unreadable.getMessage());
    }
  }

  /**
   * Reads a text.
   *
   * @param file its name, for messages
   */
  Organisation read(String file, String yaml) {
    YamlFields fields = YamlFields.of(file, yaml, FIELDS);
    Map<String, Double> capacity = new LinkedHashMap<>();
    each(
        fields,
        "capacity-kw",
        (name, entry) -> capacity.put(site(entry, name), entry.number(0, 1e9)));
    Map<String, Integer> quality = new LinkedHashMap<>();
    each(
        fields,
        "quality",
        (name, entry) -> quality.put(model(entry, name).id(), (int) entry.number(0, 100)));
    Map<String, String> smaller = new LinkedHashMap<>();
    each(
        fields,
        "smaller",
        (name, entry) -> smaller.put(model(entry, name).id(), model(entry, entry.text()).id()));
    List<String> regions = new ArrayList<>();
    for (Node node : fields.nodes("regions")) {
      Entry entry = new Entry(fields, node, "regions");
      regions.add(site(entry, entry.text()));
    }
    return new Organisation(
        workloads(fields),
        regions,
        capacity,
        prices(fields),
        quality,
        smaller,
        assumptions(fields, file));
  }

  /** One value somewhere in the file. */
  private record Entry(YamlFields fields, Node node, String name) {
    String text() {
      return fields.textOf(node, name);
    }

    double number(double least, double most) {
      double number;
      try {
        number = Double.parseDouble(text());
      } catch (NumberFormatException noNumber) {
        throw wrong("must be a number, not '" + text() + "'");
      }
      if (!(number >= least && number <= most)) {
        throw wrong("must be " + plain(least) + " to " + plain(most) + ", not " + text());
      }
      return number;
    }

    private static String plain(double number) {
      return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    UsageException wrong(String complaint) {
      return fields.wrong(node, name, complaint);
    }
  }

  private static void each(YamlFields fields, String section, BiConsumer<String, Entry> reader) {
    fields
        .node(section)
        .ifPresent(node -> {
          YamlFields below = fields.mapping(section, node, List.of());
          below.all().forEach((name, value) -> reader.accept(name, new Entry(below, value, name)));
        });
  }

  private Model model(Entry entry, String name) {
    return catalogue
        .findModel(name)
        .orElseThrow(() -> entry.wrong("there is no model '" + name + "': see gtrace models"));
  }

  /** The canonical name of a place. */
  private String site(Entry entry, String name) {
    Optional<Place> place = catalogue.findPlace(name);
    if (place.isEmpty()) {
      List<String> nearest = catalogue.nearestPlaces(name);
      throw entry.wrong(
          "there is no place '"
              + name
              + "'"
              + (nearest.isEmpty() ? "" : "; nearest: " + String.join(", ", nearest)));
    }
    return Places.id(place.get());
  }

  private List<Workload> workloads(YamlFields fields) {
    List<Workload> workloads = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node node : fields.nodes("workloads")) {
      Workload workload = workload(fields.mapping("workloads", node, OF_WORKLOAD));
      if (!names.add(workload.name())) {
        throw fields.wrong(node, "workloads", "'" + workload.name() + "' is there twice");
      }
      workloads.add(workload);
    }
    return workloads;
  }

  private Workload workload(YamlFields of) {
    Map<GroupBy, String> match = new EnumMap<>(GroupBy.class);
    for (GroupBy dimension : MATCHED) {
      of.node(dimension.label())
          .ifPresent(node -> {
            String value = of.textOf(node, dimension.label());
            match.put(
                dimension,
                dimension == GroupBy.MODEL
                    ? model(new Entry(of, node, "model"), value).id()
                    : value);
          });
    }
    return new Workload(
        of.text("name"),
        match,
        of.node("users").map(node -> position(new Entry(of, node, "users"))),
        number(of, "max-latency-ms", 1e5),
        residency(of),
        whole(of, "slack-hours", MOST_HOURS),
        whole(of, "min-quality", 100),
        without(of));
  }

  private static OptionalDouble number(YamlFields of, String name, double most) {
    return of.node(name)
        .map(node -> OptionalDouble.of(new Entry(of, node, name).number(0, most)))
        .orElse(OptionalDouble.empty());
  }

  private static OptionalInt whole(YamlFields of, String name, int most) {
    OptionalDouble number = number(of, name, most);
    if (number.isEmpty()) {
      return OptionalInt.empty();
    }
    if (number.getAsDouble() != Math.rint(number.getAsDouble())) {
      throw of.wrong(name, "must be a whole number");
    }
    return OptionalInt.of((int) number.getAsDouble());
  }

  private Position position(Entry entry) {
    String name = entry.text();
    Place place =
        catalogue
            .findPlace(name)
            .orElseThrow(() -> entry.wrong("there is no place '" + name + "'"));
    return Places.position(catalogue, place)
        .orElseThrow(() ->
            entry.wrong("nobody knows where '" + name + "' lies: name a country or a region"));
  }

  private List<String> residency(YamlFields of) {
    Residency residency = new Residency(catalogue);
    List<String> areas = new ArrayList<>();
    for (Node node : of.nodes("residency")) {
      String area = of.textOf(node, "residency");
      if (!residency.isKnown(area)) {
        throw of.wrong(
            node, "residency", "'" + area + "' is no country, grid zone, region, EU or EEA");
      }
      areas.add(area);
    }
    return areas;
  }

  private static Set<String> without(YamlFields of) {
    Set<String> ids = new HashSet<>();
    List<String> known = Plan.actions();
    for (Node node : of.nodes("without")) {
      String id = of.textOf(node, "without");
      if (!known.contains(id)) {
        throw of.wrong(
            node,
            "without",
            "there is no action '" + id + "'; there are " + String.join(", ", known));
      }
      ids.add(id);
    }
    return ids;
  }

  private Prices prices(YamlFields fields) {
    if (!fields.has("prices")) {
      return Prices.NONE;
    }
    YamlFields prices =
        fields.mapping(
            "prices",
            fields.node("prices").orElseThrow(),
            List.of("currency", "models", "electricity-per-kwh"));
    Map<String, Map<Driver, Double>> models = new LinkedHashMap<>();
    each(
        prices,
        "models",
        (name, entry) -> {
          YamlFields ofModel =
              entry
                  .fields()
                  .mapping(name, entry.node(), PRICED.keySet().stream().sorted().toList());
          Map<Driver, Double> byDriver = new EnumMap<>(Driver.class);
          ofModel
              .all()
              .forEach((what, node) -> {
                Driver driver = Optional.ofNullable(PRICED.get(what)).orElseThrow();
                double price = new Entry(ofModel, node, what).number(0, 1e6);
                byDriver.put(driver, BY_MILLION.contains(driver) ? price / MILLION : price);
              });
          models.put(model(entry, name).id(), byDriver);
        });
    Map<String, Double> electricity = new LinkedHashMap<>();
    each(
        prices,
        "electricity-per-kwh",
        (name, entry) -> electricity.put(site(entry, name), entry.number(0, 1e3)));
    return new Prices(prices.text("currency"), models, electricity);
  }

  private static Assumptions assumptions(YamlFields fields, String file) {
    Assumptions[] all = {Assumptions.shipped()};
    each(
        fields,
        "assumptions",
        (id, entry) -> {
          if (!all[0].ids().contains(id)) {
            throw entry.wrong(
                "there is no such assumption; there are " + String.join(", ", all[0].ids()));
          }
          try {
            all[0] = changed(all[0], id, entry, file);
          } catch (UsageException named) {
            throw named;
          } catch (IllegalArgumentException outside) {
            throw entry.wrong(String.valueOf(outside.getMessage()));
          }
        });
    return all[0];
  }

  private static Assumptions changed(Assumptions all, String id, Entry entry, String file) {
    if (entry.node() instanceof ScalarNode) {
      double value = entry.number(0, 1e6);
      return all.with(id, value, value, value, file);
    }
    YamlFields of = entry.fields().mapping(id, entry.node(), OF_ASSUMPTION);
    double median = required(of, "median");
    return all.with(
        id,
        number(of, "low", 1e6).orElse(median),
        median,
        number(of, "high", 1e6).orElse(median),
        of.text("source", file));
  }

  private static double required(YamlFields of, String name) {
    of.text(name);
    return number(of, name, 1e6).orElseThrow();
  }
}
