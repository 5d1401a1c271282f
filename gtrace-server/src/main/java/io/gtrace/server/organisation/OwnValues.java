package io.gtrace.server.organisation;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.FactorFileException;
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
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Values of factors that somebody gave, with who gave them: a file of own factors, and beside it
 * what it is written from. Safe for use by many threads.
 */
public final class OwnValues {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path given;
  private final Path factors;

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
  }

  /** The file of own factors. */
  public Path factors() {
    return factors;
  }

  /** All that hold, oldest first. */
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

  /**
   * Keeps a value in place of what an earlier one says of the same.
   *
   * @param beneath what the values are laid over
   * @return the factors with all values
   * @throws IllegalArgumentException if the factors do not take it
   */
  synchronized FactorCatalogue give(FactorCatalogue beneath, Given value) {
    List<Given> all = new ArrayList<>();
    for (Given each : all()) {
      if (value.value().isOfSame(each.value())) {
        each.value()
            .besides(value.value())
            .ifPresent(left -> all.add(new Given(left, each.by(), each.at())));
      } else {
        all.add(each);
      }
    }
    all.add(value);
    return write(beneath, all);
  }

  /**
   * Forgets a value, so that what lies beneath it counts again.
   *
   * @return the factors with the values that are left
   * @throws IllegalArgumentException if there is none
   */
  synchronized FactorCatalogue forget(FactorCatalogue beneath, OwnValue.Kind kind, String subject) {
    List<Given> all = new ArrayList<>(all());
    if (!all.removeIf(
        each -> each.value().kind() == kind && each.value().subject().equals(subject))) {
      throw new IllegalArgumentException(
          "there is no own value of the " + kind.label() + " '" + subject + "'");
    }
    return write(beneath, all);
  }

  private FactorCatalogue write(FactorCatalogue beneath, List<Given> all) {
    try {
      FactorCatalogue laid = writeFactors(beneath, all);
      Path unfinished = given.resolveSibling(".own-values.json");
      Files.write(unfinished, Json.object(json -> write(json, all)));
      Files.move(unfinished, given, StandardCopyOption.REPLACE_EXISTING);
      return laid;
    } catch (IOException notWritten) {
      throw new UncheckedIOException(notWritten);
    }
  }

  private FactorCatalogue writeFactors(FactorCatalogue beneath, List<Given> all)
      throws IOException {
    if (all.isEmpty()) {
      Files.deleteIfExists(factors);
      return beneath;
    }
    Path unfinished = factors.resolveSibling(".own-factors.yaml");
    Files.createDirectories(factors.toAbsolutePath().getParent());
    Files.writeString(unfinished, yaml(beneath, all), StandardCharsets.UTF_8);
    try {
      FactorCatalogue laid = beneath.with(unfinished);
      Files.move(unfinished, factors, StandardCopyOption.REPLACE_EXISTING);
      return laid;
    } catch (FactorFileException refused) {
      throw new IllegalArgumentException(
          String.valueOf(refused.getMessage()).replace(unfinished.toString(), "own factors"),
          refused);
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

  private static String yaml(FactorCatalogue beneath, List<Given> all) {
    Map<String, List<OwnValue>> rows = new LinkedHashMap<>();
    for (Given each : all) {
      String row = each.value().kind().label() + " " + each.value().subject();
      rows.computeIfAbsent(row, name -> new ArrayList<>()).add(each.value());
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
