package io.gtrace.server.organisation;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.FactorFileException;
import io.gtrace.factor.Model;
import io.gtrace.server.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Which known models the unknown ones of a ledger are, as somebody said: a file of own factors that
 * gives the known ones further names. Safe for use by many threads.
 */
public final class ModelMappings {
  private static final System.Logger LOG = System.getLogger(ModelMappings.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path said;
  private final Path factors;

  /**
   * @param folder where the server keeps what it is told
   */
  ModelMappings(Path folder) {
    said = folder.resolve("model-mappings.jsonl");
    factors = folder.resolve("own-models.yaml");
  }

  /** The file of own factors. */
  public Path factors() {
    return factors;
  }

  /** Known models by the names that stand for them. */
  public synchronized Map<String, String> all() {
    if (!Files.exists(said)) {
      return Map.of();
    }
    Map<String, String> all = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(said)) {
        JsonNode entry = JSON.readTree(line);
        all.put(entry.path("name").asString(""), entry.path("model").asString(""));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (JacksonException damaged) {
      throw new IllegalStateException(said + " is damaged", damaged);
    }
    return all;
  }

  /**
   * Keeps that a name stands for a model, and writes the file of own factors anew.
   *
   * @throws IllegalArgumentException if the model is not known, or the name cannot be one
   */
  synchronized void add(FactorCatalogue catalogue, String name, String model) {
    if (name.isBlank()
        || name.indexOf('|') >= 0
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("'" + name + "' cannot be another name of a model");
    }
    Model known =
        catalogue
            .findModel(model)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "there is no model '" + model + "'; the page of factors lists all"));
    Map<String, String> all = new LinkedHashMap<>(all());
    all.put(name, known.id());
    writeFactors(catalogue, all);
    String line =
        new String(
            Json.object(json -> {
              json.writeStringProperty("name", name);
              json.writeStringProperty("model", known.id());
            }),
            StandardCharsets.UTF_8);
    try {
      Files.writeString(said, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException notWritten) {
      throw new UncheckedIOException(notWritten);
    }
  }

  /**
   * Writes the file of own factors anew, for factors that may be others than when it was written. A
   * model that they do not know any more is passed over.
   *
   * @return whether there is such a file
   */
  synchronized boolean writeAnew(FactorCatalogue catalogue) {
    Map<String, String> known = new LinkedHashMap<>();
    all()
        .forEach((name, model) -> {
          if (catalogue.findModel(model).isPresent()) {
            known.put(name, model);
          } else {
            LOG.log(
                System.Logger.Level.WARNING,
                () -> said + ": there is no model '" + model + "' any more");
          }
        });
    if (known.isEmpty()) {
      return false;
    }
    writeFactors(catalogue, known);
    return true;
  }

  private void writeFactors(FactorCatalogue catalogue, Map<String, String> all) {
    Path unfinished = factors.resolveSibling(".own-models.yaml");
    try {
      Files.createDirectories(factors.toAbsolutePath().getParent());
      Files.writeString(unfinished, yaml(catalogue, all));
      catalogue.with(unfinished);
      Files.move(unfinished, factors, StandardCopyOption.REPLACE_EXISTING);
    } catch (FactorFileException refused) {
      throw new IllegalArgumentException(
          String.valueOf(refused.getMessage()).replace(unfinished.toString(), "own factors"),
          refused);
    } catch (IOException notWritten) {
      throw new UncheckedIOException(notWritten);
    }
  }

  /** A file of own factors: names that a model has already must be said again. */
  private static String yaml(FactorCatalogue catalogue, Map<String, String> all) {
    Map<String, List<String>> names = new TreeMap<>();
    all.forEach((name, model) ->
        names
            .computeIfAbsent(
                model,
                id ->
                    new ArrayList<>(catalogue.findModel(id).map(Model::aliases).orElse(List.of())))
            .add(name));
    StringBuilder yaml = new StringBuilder("models:\n");
    names.forEach((model, aliases) -> {
      yaml.append("  - id: ").append(quoted(model)).append("\n    aliases:\n");
      aliases.stream()
          .distinct()
          .forEach(alias -> yaml.append("      - ").append(quoted(alias)).append('\n'));
    });
    return yaml.toString();
  }

  /** A text of JSON is one of YAML. */
  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }
}
