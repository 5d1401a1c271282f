package io.gtrace.simulation.study;

import io.gtrace.simulation.document.Document;
import io.gtrace.simulation.document.DocumentException;
import io.gtrace.simulation.document.DocumentSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads studies: files, and those that ship; follows what they extend; holds them to the schema.
 */
final class StudyReader {
  static final List<String> SHIPPED =
      List.of(
          "ghibli-2025",
          "decentralised",
          "text-image-video",
          "policies",
          "training-vs-inference",
          "sir");

  private static final String SCHEMA_FILE = "study.schema.json";
  private static final String EXTENDS = "extends";
  private static final String SERVICES = "services";
  private static final DocumentSchema SCHEMA = DocumentSchema.of(schema());

  private StudyReader() {}

  /** The study of a shipped name or a file. */
  static StudyTree read(String nameOrFile) {
    return whole(Source.find(nameOrFile, Optional.empty()));
  }

  /**
   * The study of a text that somebody handed over. It extends what ships or nothing, and names no
   * file of this machine.
   *
   * @param name what messages call it
   */
  static StudyTree parse(String name, String yaml) {
    return whole(new Source(name, yaml, Optional.empty(), true));
  }

  private static StudyTree whole(Source source) {
    StudyTree tree = withBase(source, new LinkedHashSet<>());
    validate(tree);
    return tree;
  }

  /**
   * The study with some of its fields changed.
   *
   * @param patch where the study says what to change
   */
  static StudyTree changed(StudyTree study, String patch) {
    Map<String, String> places = new TreeMap<>(study.places());
    places.putAll(StudyTree.moved(study.places(), patch, ""));
    StudyTree changed = new StudyTree(laidOver(study.root(), study.at(patch)), places);
    validate(changed);
    return changed;
  }

  static String schema() {
    return resource(SCHEMA_FILE)
        .orElseThrow(() -> new IllegalStateException(SCHEMA_FILE + " is missing"));
  }

  private static StudyTree withBase(Source source, Set<String> under) {
    if (!under.add(source.identity())) {
      throw new StudyException(
          source.name() + " extends itself, by way of " + String.join(", ", under));
    }
    StudyTree tree = StudyTree.of(Document.read(source.name(), source.text()));
    if (!tree.root().isObject()) {
      throw new StudyException(
          source.name() + ": must be fields such as 'study: my-wave', see gtrace study new");
    }
    JsonNode base = tree.root().path(EXTENDS);
    if (!base.isString()) {
      return tree;
    }
    StudyTree below;
    try {
      below = withBase(source.base(base.stringValue()), under);
    } catch (DocumentException wrong) {
      // Only the file that was asked for: a chain of files would be a chain of prefixes.
      throw under.iterator().next().equals(source.identity())
          ? new StudyException(
              tree.places().getOrDefault("/" + EXTENDS, source.name()) + ": " + wrong.getMessage())
          : wrong;
    }
    Map<String, String> places = new TreeMap<>(below.places());
    places.putAll(tree.places());
    ObjectNode whole = (ObjectNode) laidOver(below.root(), tree.root());
    whole.remove(EXTENDS);
    return new StudyTree(whole, places);
  }

  /**
   * JSON merge patch (RFC 7396): objects are laid over each other, all else is replaced; but
   * services are laid over each other by their ids.
   */
  private static JsonNode laidOver(JsonNode under, JsonNode over) {
    if (!over.isObject() || over.has("low")) {
      return over;
    }
    ObjectNode merged =
        under.isObject() && !under.has("low")
            ? ((ObjectNode) under).deepCopy()
            : ((ObjectNode) over).objectNode();
    over.properties()
        .forEach(field -> {
          if (field.getValue().isNull()) {
            merged.remove(field.getKey());
          } else if (field.getKey().equals(SERVICES)) {
            merged.set(SERVICES, servicesLaidOver(merged.path(SERVICES), field.getValue()));
          } else {
            merged.set(field.getKey(), laidOver(merged.path(field.getKey()), field.getValue()));
          }
        });
    return merged;
  }

  private static JsonNode servicesLaidOver(JsonNode under, JsonNode over) {
    if (!under.isArray() || !over.isArray()) {
      return over;
    }
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    under.forEach(service -> byId.put(service.path("id").asString(""), service));
    over.forEach(
        service -> byId.merge(service.path("id").asString(""), service, StudyReader::laidOver));
    ArrayNode merged = ((ArrayNode) over).arrayNode();
    byId.values().forEach(merged::add);
    return merged;
  }

  private static void validate(StudyTree tree) {
    SCHEMA.check(tree.document());
  }

  private static Optional<String> resource(String file) {
    try (InputStream in = StudyReader.class.getResourceAsStream(file)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /**
   * Where a study is written.
   *
   * @param folder that it lies in; empty for what ships or was handed over
   * @param handedOver whether it came from somebody who may name no file of this machine
   */
  private record Source(String name, String text, Optional<Path> folder, boolean handedOver) {

    /** The same for the same file, however it was named. */
    String identity() {
      return folder.isEmpty() ? name : Path.of(name).toAbsolutePath().normalize().toString();
    }

    /** What it extends. */
    Source base(String nameOrFile) {
      if (!handedOver) {
        return find(nameOrFile, folder);
      }
      if (!SHIPPED.contains(nameOrFile)) {
        throw new StudyException(
            "'" + nameOrFile + "' is none of the studies that ship: " + String.join(", ", SHIPPED));
      }
      return shipped(nameOrFile).orElseThrow();
    }

    private static Optional<Source> shipped(String name) {
      return resource(name + ".yaml").map(text -> new Source(name, text, Optional.empty(), true));
    }

    static Source find(String nameOrFile, Optional<Path> from) {
      Optional<Source> shipped =
          nameOrFile.matches("[a-z0-9-]+") ? shipped(nameOrFile) : Optional.empty();
      Path file = from.map(folder -> folder.resolve(nameOrFile)).orElse(Path.of(nameOrFile));
      if (shipped.isPresent() && !Files.exists(file)) {
        return shipped.get();
      }
      return new Source(
          file.toString(),
          text(file),
          Optional.ofNullable(file.toAbsolutePath().getParent()),
          false);
    }

    private static String text(Path file) {
      if (!Files.exists(file)) {
        throw new StudyException(
            file
                + ": there is no such study; shipped are "
                + String.join(", ", SHIPPED)
                + ", or give a YAML file");
      }
      return Document.text(file, "study");
    }
  }
}
