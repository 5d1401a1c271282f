package io.gtrace.ledger.format;

import io.gtrace.ledger.UsageException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The fields of a mapping in a YAML file; what is wrong with one is told with file and line. */
final class YamlFields {
  private final String file;
  private final String what;
  private final Node place;
  private final Map<String, Node> fields;

  private YamlFields(String file, String what, Node place, Map<String, Node> fields) {
    this.file = file;
    this.what = what;
    this.place = place;
    this.fields = fields;
  }

  /**
   * The fields of a file.
   *
   * @param known the names that they may have
   */
  public static YamlFields of(String file, String yaml, List<String> known) {
    Optional<Node> root;
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file).build();
      root = new Compose(settings).composeReader(new StringReader(yaml));
    } catch (MarkedYamlEngineException broken) {
      throw new UsageException(
          file
              + broken.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("")
              + ": is not YAML: "
              + broken.getProblem());
    } catch (YamlEngineException broken) {
      throw new UsageException(file + ": is not YAML: " + broken.getMessage());
    }
    if (root.isEmpty()) {
      throw new UsageException(file + ": is empty");
    }
    return of(file, "the file", root.get(), known);
  }

  /** The fields below one of this mapping; an empty list of names allows any. */
  public YamlFields mapping(String name, Node node, List<String> known) {
    return of(file, name, node, known);
  }

  private static YamlFields of(String file, String what, Node node, List<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      throw at(file, node, what, "must have fields, as in 'name: value'");
    }
    Map<String, Node> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = text(file, tuple.getKeyNode(), "a field name");
      if (!known.isEmpty() && !known.contains(name)) {
        throw at(
            file,
            tuple.getKeyNode(),
            name,
            what + " has no such field; did you mean " + nearest(name, known) + "?");
      }
      fields.put(name, tuple.getValueNode());
    }
    return new YamlFields(file, what, node, fields);
  }

  private static String nearest(String name, List<String> known) {
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    return known.stream()
        .max(Comparator.comparingDouble(field -> similarity.apply(name, field)))
        .orElse("");
  }

  /** All fields by name, in their order. */
  public Map<String, Node> all() {
    return fields;
  }

  /** Whether there is a field of that name. */
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** What a field holds; empty where it is not there. */
  public Optional<Node> node(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** A text; as given where the field is not there. */
  public String text(String name, String absent) {
    return node(name).map(node -> text(file, node, name)).orElse(absent);
  }

  /** A text that must be there. */
  public String text(String name) {
    Node node = fields.get(name);
    if (node == null) {
      throw at(file, place, what, "must have a field '" + name + "'");
    }
    return text(file, node, name);
  }

  /** A list of texts, or one alone; empty where the field is not there. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Node node : nodes(name)) {
      texts.add(text(file, node, name));
    }
    return texts;
  }

  /** The entries of a list, or one that is no list; empty where the field is not there. */
  public List<Node> nodes(String name) {
    @Nullable Node node = fields.get(name);
    if (node == null) {
      return List.of();
    }
    return node instanceof SequenceNode list ? list.getValue() : List.of(node);
  }

  /** The text of a node; {@code name} says what it is where it is none. */
  public String textOf(Node node, String name) {
    return text(file, node, name);
  }

  private static String text(String file, Node node, String name) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw at(file, node, name, "must be a plain value");
  }

  /** What is wrong with a field, with file and line. */
  public UsageException wrong(String name, String complaint) {
    return at(file, fields.getOrDefault(name, place), name, complaint);
  }

  /** What is wrong with a part of a field, with file and line. */
  public UsageException wrong(Node node, String name, String complaint) {
    return at(file, node, name, complaint);
  }

  private static UsageException at(String file, Node node, String name, String complaint) {
    long line = node.getStartMark().map(Mark::getLine).orElse(0) + 1L;
    return new UsageException(file + ", line " + line + ", " + name + ": " + complaint);
  }
}
