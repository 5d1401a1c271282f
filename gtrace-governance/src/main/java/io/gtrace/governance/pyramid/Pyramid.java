package io.gtrace.governance.pyramid;

import io.gtrace.governance.evidence.Grade;
import io.gtrace.simulation.document.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * All levels, with their indicators and thresholds.
 *
 * @param version of the file that they come from
 * @param passedShare share of the indicators of a level that must pass, 0 to 1
 * @param meteredShare share of the energy that meters must cover before figures that rest on it
 *     count as metered, 0 to 1
 * @param levels the lowest first
 */
public record Pyramid(String version, double passedShare, double meteredShare, List<Level> levels) {
  private static final String FILE = "pyramid.yaml";

  public Pyramid {
    levels = List.copyOf(levels);
  }

  /** The one that ships. */
  public static Pyramid shipped() {
    try (InputStream in = Pyramid.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the build");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      JsonNode root = Document.read(FILE, text).root();
      return new Pyramid(
          root.get("version").asString(),
          root.at("/rules/passed_share").doubleValue(),
          root.at("/rules/metered_share").doubleValue(),
          list(root.get("levels"), Pyramid::level));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  /** All indicators, the lowest level first. */
  public Stream<Indicator> indicators() {
    return levels.stream().flatMap(level -> level.indicators().stream());
  }

  /** The indicator of an id. */
  public Optional<Indicator> indicator(String id) {
    return indicators().filter(each -> each.id().equals(id)).findFirst();
  }

  private static Level level(JsonNode level) {
    return new Level(
        level.get("number").intValue(),
        level.get("name").stringValue(),
        Band.valueOf(level.get("band").stringValue().toUpperCase(Locale.ROOT)),
        level.get("purpose").stringValue(),
        level.get("metric").stringValue(),
        Grade.valueOf(level.get("gate_grade").stringValue()),
        list(level.get("indicators"), Pyramid::indicator));
  }

  private static Indicator indicator(JsonNode indicator) {
    JsonNode action = indicator.get("action");
    return new Indicator(
        indicator.get("id").stringValue(),
        indicator.get("name").stringValue(),
        indicator.path("gate").asBoolean(false),
        indicator.get("formula").stringValue(),
        list(indicator.get("criteria"), Pyramid::criterion),
        constants(indicator.path("constants")),
        list(indicator.get("evidence"), JsonNode::stringValue),
        list(indicator.get("covers"), JsonNode::stringValue),
        action.get("text").stringValue(),
        Indicator.ValueKind.valueOf(action.get("kind").stringValue().toUpperCase(Locale.ROOT)));
  }

  private static Map<String, Double> constants(JsonNode constants) {
    return constants.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().doubleValue()));
  }

  private static Criterion criterion(JsonNode criterion) {
    Criterion.Test test =
        Arrays.stream(Criterion.Test.values())
            .filter(each -> criterion.has(key(each)))
            .findFirst()
            .orElseThrow();
    return new Criterion(
        criterion.get("measure").stringValue(),
        criterion.get("unit").stringValue(),
        test,
        criterion.get(key(test)).doubleValue(),
        criterion.path("by").asString("").equals("median"));
  }

  private static String key(Criterion.Test test) {
    return test.name().toLowerCase(Locale.ROOT);
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> item) {
    return StreamSupport.stream(array.spliterator(), false).map(item).toList();
  }
}
