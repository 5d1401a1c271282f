package io.gtrace.server.organisation;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.FactorFileException;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Values of factors that somebody gave, with who gave them, and a file of own factors that is
 * written from these. Safe for use by many threads.
 */
public final class OwnValues {
  private static final System.Logger LOG = System.getLogger(OwnValues.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path given;
  private final Path factors;
  private final Path unfinishedFactors;

  /** Those that do not fit the factors that the server was started with. */
  private List<Given> idle = List.of();

  /**
   * A value that was given.
   *
   * @param by the name of a token, or of nobody known
   * @param at when
   */
  public record Given(OwnValue value, String by, Instant at) {}

  /**
   * @param folder where the server keeps what it is told
   */
  OwnValues(Path folder) {
    given = folder.resolve("own-values.json");
    factors = folder.resolve("own-factors.yaml");
    unfinishedFactors = folder.resolve(".own-factors.yaml");
  }

  /** The file of own factors. */
  public Path factors() {
    return factors;
  }

  /** All that are kept, oldest first. */
  public synchronized List<Given> all() {
    if (!Files.exists(given)) {
      return List.of();
    }
    try {
      List<Given> all = new ArrayList<>();
      for (JsonNode entry : JSON.readTree(given.toFile()).path("values")) {
        all.add(read(entry));
      }
      return all;
    } catch (JacksonException | IllegalArgumentException | DateTimeParseException damaged) {
      throw new IllegalStateException(given + " is damaged", damaged);
    }
  }

  private static Given read(JsonNode entry) {
    Map<String, String> fields = new LinkedHashMap<>();
    JsonNode stored = entry.path("fields");
    for (String name : stored.propertyNames()) {
      fields.put(name, stored.path(name).asString(""));
    }
    return new Given(
        new OwnValue(
            OwnValue.Kind.labelled(entry.path("kind").asString("")),
            entry.path("id").asString(""),
            fields),
        entry.path("by").asString(""),
        Instant.parse(entry.path("at").asString("")));
  }

  /** Whether a value is kept, but does not fit the factors that the server was started with. */
  public synchronized boolean isIdle(Given value) {
    return idle.contains(value);
  }

  /**
   * Lays the values over factors that may be others than when they were given, and writes the file
   * of own factors anew. Values that do not fit any more are kept, but not in force; of those that
   * fit only without each other the newer ones are.
   *
   * @param beneath what the values are laid over
   * @return what prices by the values in force
   */
  synchronized RateCard layAnew(RateCard beneath) {
    List<Given> all = all();
    List<Given> held = new ArrayList<>(all);
    try {
      RateCard laid;
      try {
        laid = lay(beneath, held);
      } catch (IllegalArgumentException refused) {
        held = fitting(beneath, all);
        laid = lay(beneath, held);
      }
      idle = new ArrayList<>(all);
      idle.removeAll(held);
      moveFactors(held);
      return laid;
    } catch (IOException notWritten) {
      throw new UncheckedIOException(notWritten);
    }
  }

  private List<Given> fitting(RateCard beneath, List<Given> all) throws IOException {
    List<Given> held = new ArrayList<>();
    for (Given each : all.reversed()) {
      held.addFirst(each);
      try {
        lay(beneath, held);
      } catch (IllegalArgumentException refused) {
        held.removeFirst();
        LOG.log(
            System.Logger.Level.WARNING,
            () ->
                String.format(
                    "%s: the own value of %s %s (%s) is not in force, since it does not fit the"
                        + " factors: %s",
                    given,
                    each.value().kind().label(),
                    each.value().subject(),
                    each.value().inWords(),
                    refused.getMessage()));
      }
    }
    return held;
  }

  /**
   * Keeps a value in place of what an earlier one says of the same.
   *
   * @param beneath what the values are laid over
   * @return what prices by all values
   * @throws IllegalArgumentException if the factors do not take it, or nothing can be priced by it
   */
  synchronized RateCard give(RateCard beneath, Given value) {
    List<Given> all = new ArrayList<>();
    List<Given> stillIdle = new ArrayList<>();
    for (Given each : all()) {
      Optional<Given> left =
          value.value().isOfSame(each.value())
              ? each.value()
                  .besides(value.value())
                  .map(rest -> new Given(rest, each.by(), each.at()))
              : Optional.of(each);
      left.ifPresent(all::add);
      left.filter(rest -> isIdle(each)).ifPresent(stillIdle::add);
    }
    all.add(value);
    return write(beneath, all, stillIdle);
  }

  /**
   * Forgets all values of a factor, so that what lies beneath them counts again.
   *
   * @return what prices by the values that are left
   * @throws IllegalArgumentException if there is none
   */
  synchronized RateCard forget(RateCard beneath, OwnValue.Kind kind, String subject) {
    List<Given> all = new ArrayList<>(all());
    if (!all.removeIf(
        each -> each.value().kind() == kind && each.value().subject().equals(subject))) {
      throw new IllegalArgumentException(
          "there is no own value of the " + kind.label() + " '" + subject + "'");
    }
    return write(beneath, all, idle.stream().filter(all::contains).toList());
  }

  /** What was given is moved first: the file of own factors follows from it with every start. */
  private RateCard write(RateCard beneath, List<Given> all, List<Given> stillIdle) {
    List<Given> held = all.stream().filter(each -> !stillIdle.contains(each)).toList();
    try {
      RateCard laid = lay(beneath, held);
      Path unfinished = given.resolveSibling(".own-values.json");
      Files.write(unfinished, Json.object(json -> write(json, all)));
      Files.move(unfinished, given, StandardCopyOption.REPLACE_EXISTING);
      idle = List.copyOf(stillIdle);
      moveFactors(held);
      return laid;
    } catch (IOException notWritten) {
      throw new UncheckedIOException(notWritten);
    }
  }

  /**
   * Writes the file of own factors under another name, and prices by it.
   *
   * @throws IllegalArgumentException if the factors do not take it, or nothing can be priced by it
   */
  private RateCard lay(RateCard beneath, List<Given> held) throws IOException {
    if (held.isEmpty()) {
      return beneath;
    }
    List<OwnValue> values = held.stream().map(Given::value).toList();
    FactorCatalogue catalogue = beneath.catalogue();
    values.forEach(each -> each.kind().known(catalogue, each.id()));
    Files.createDirectories(unfinishedFactors.toAbsolutePath().getParent());
    Files.writeString(unfinishedFactors, yaml(catalogue, values), StandardCharsets.UTF_8);
    try {
      RateCard laid = beneath.withFactors(catalogue.with(unfinishedFactors));
      new PricingTrial(beneath, laid).require(values);
      return laid;
    } catch (FactorFileException refused) {
      throw new IllegalArgumentException(
          String.valueOf(refused.getMessage()).replace(unfinishedFactors.toString(), "own factors"),
          refused);
    }
  }

  private void moveFactors(List<Given> held) throws IOException {
    if (held.isEmpty()) {
      Files.deleteIfExists(factors);
    } else {
      Files.move(unfinishedFactors, factors, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void write(JsonGenerator json, List<Given> all) {
    json.writeArrayPropertyStart("values");
    for (Given each : all) {
      json.writeStartObject();
      json.writeStringProperty("kind", each.value().kind().label());
      json.writeStringProperty("id", each.value().id());
      json.writeObjectPropertyStart("fields");
      new TreeMap<>(each.value().fields()).forEach(json::writeStringProperty);
      json.writeEndObject();
      json.writeStringProperty("by", each.by());
      json.writeStringProperty("at", each.at().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String yaml(FactorCatalogue beneath, List<OwnValue> values) {
    Map<String, List<OwnValue>> rows = new LinkedHashMap<>();
    for (OwnValue each : values) {
      String row = each.kind().label() + " " + each.subject();
      rows.computeIfAbsent(row, name -> new ArrayList<>()).add(each);
    }
    Map<String, StringBuilder> sections = new TreeMap<>();
    for (List<OwnValue> row : rows.values()) {
      StringBuilder section =
          sections.computeIfAbsent(row.get(0).kind().section(), name -> new StringBuilder());
      String before = "  - ";
      for (Map.Entry<String, String> field : OwnValue.row(beneath, row).entrySet()) {
        section.append(before).append(field.getKey()).append(": ");
        // A text of JSON is one of YAML.
        section.append(JSON.writeValueAsString(field.getValue())).append('\n');
        before = "    ";
      }
    }
    StringBuilder yaml = new StringBuilder();
    sections.forEach((name, entries) -> yaml.append(name).append(":\n").append(entries));
    return yaml.toString();
  }
}
