package io.gtrace.validation;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * How a file's columns are named, where not as ours.
 *
 * @param columns our name to the file's
 * @param constants values of our columns that hold for every row
 * @param factors multiply a file's number into our unit, by our column: 3600 where energy is in Wh
 */
public record MeasurementColumns(
    Map<String, String> columns, Map<String, String> constants, Map<String, Double> factors) {
  /** Columns named as ours. */
  public static final MeasurementColumns OURS =
      new MeasurementColumns(Map.of(), Map.of(), Map.of());

  /** All columns that a reader of measurements knows. */
  static final List<String> KNOWN =
      List.of(
          "model",
          "gpu",
          "gpus",
          "total_params_b",
          "active_params_b",
          "precision",
          "architecture",
          "task",
          "avg_batch",
          "avg_output_tokens",
          "avg_input_tokens",
          "energy_per_output_token_j",
          "batch",
          "width_px",
          "height_px",
          "steps",
          "frames",
          "energy_per_image_j",
          "energy_per_video_j");

  private static final List<String> SECTIONS = List.of("columns", "constants", "factors");

  public MeasurementColumns {
    columns = Map.copyOf(columns);
    constants = Map.copyOf(constants);
    factors = Map.copyOf(factors);
  }

  /**
   * Reads a mapping file: YAML with the sections {@code columns}, {@code constants} and {@code
   * factors}, each from one of our columns to what the file calls it, holds in every row, or must
   * be multiplied by.
   *
   * @throws IllegalArgumentException if it is not such a file; the message says where and why
   */
  public static MeasurementColumns parse(String yaml) {
    Object read;
    try {
      read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    } catch (MarkedYamlEngineException broken) {
      throw new IllegalArgumentException(
          broken.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("")
              + "is not YAML: "
              + broken.getProblem(),
          broken);
    } catch (YamlEngineException broken) {
      throw new IllegalArgumentException("is not YAML: " + broken.getMessage(), broken);
    }
    if (!(read instanceof Map<?, ?> sections)) {
      throw new IllegalArgumentException(
          "must have the sections " + String.join(", ", SECTIONS) + "; each may be left out");
    }
    for (Object section : sections.keySet()) {
      if (!SECTIONS.contains(String.valueOf(section))) {
        throw new IllegalArgumentException(
            "has no section '" + section + "'; known are " + String.join(", ", SECTIONS));
      }
    }
    Map<String, Double> factors = new LinkedHashMap<>();
    section(sections, "factors")
        .forEach((column, value) -> factors.put(column, factor(column, value)));
    return new MeasurementColumns(
        section(sections, "columns"), section(sections, "constants"), factors);
  }

  private static Map<String, String> section(Map<?, ?> sections, String name) {
    Object section = sections.get(name);
    if (section == null) {
      return Map.of();
    }
    if (!(section instanceof Map<?, ?> entries)) {
      throw new IllegalArgumentException(
          name + ": must be lines of the form 'our column: value', not " + section);
    }
    Map<String, String> read = new LinkedHashMap<>();
    entries.forEach((column, value) -> {
      String ours = String.valueOf(column);
      if (!KNOWN.contains(ours)) {
        throw new IllegalArgumentException(
            name + ", " + ours + ": is none of our columns; did you mean " + nearest(ours) + "?");
      }
      if (value == null || value instanceof Map || value instanceof List) {
        throw new IllegalArgumentException(name + ", " + ours + ": must be one value");
      }
      read.put(ours, String.valueOf(value));
    });
    return read;
  }

  private static double factor(String column, String value) {
    try {
      double factor = Double.parseDouble(value);
      if (factor > 0 && factor < Double.POSITIVE_INFINITY) {
        return factor;
      }
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "factors, " + column + ": must be a number, not '" + value + "'", notANumber);
    }
    throw new IllegalArgumentException("factors, " + column + ": must be above 0, not " + value);
  }

  private static String nearest(String column) {
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    return KNOWN.stream()
        .max(Comparator.comparingDouble(known -> similarity.apply(column, known)))
        .orElse("");
  }

  String inFile(String ours) {
    return columns.getOrDefault(ours, ours);
  }
}
