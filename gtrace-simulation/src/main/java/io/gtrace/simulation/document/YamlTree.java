package io.gtrace.simulation.document;

import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads YAML as a tree that still knows its lines. */
final class YamlTree {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 100;

  private final String file;
  private final Map<String, String> places = new TreeMap<>();

  private YamlTree(String file) {
    this.file = file;
  }

  /**
   * @param file its name, for messages
   * @throws DocumentException if the text is no YAML
   */
  static Document read(String file, String yaml) {
    Optional<Node> root;
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file).build();
      root = new Compose(settings).composeReader(new StringReader(yaml));
    } catch (MarkedYamlEngineException broken) {
      throw new DocumentException(
          file
              + broken.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("")
              + ": is not YAML: "
              + broken.getProblem());
    } catch (YamlEngineException broken) {
      throw new DocumentException(file + ": is not YAML: " + broken.getMessage());
    }
    if (root.isEmpty()) {
      throw new DocumentException(file + ": is empty");
    }
    YamlTree tree = new YamlTree(file);
    return new Document(tree.json("", root.get(), 0), tree.places);
  }

  private JsonNode json(String pointer, Node node, int depth) {
    String place = place(node);
    if (depth > DEEPEST) {
      throw new DocumentException(place + ": fields lie more than " + DEEPEST + " deep");
    }
    places.put(pointer, place);
    if (node instanceof MappingNode mapping) {
      return object(pointer, mapping, depth);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      for (Node item : sequence.getValue()) {
        array.add(json(pointer + "/" + array.size(), item, depth + 1));
      }
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private ObjectNode object(String pointer, MappingNode mapping, int depth) {
    ObjectNode object = JSON.objectNode();
    for (NodeTuple field : mapping.getValue()) {
      if (!(field.getKeyNode() instanceof ScalarNode key)) {
        throw new DocumentException(place(field.getKeyNode()) + ": a field needs a plain name");
      }
      String name = key.getValue();
      String below = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
      if (object.has(name)) {
        throw new DocumentException(place(key) + ", " + name + ": is there twice");
      }
      object.set(name, json(below, field.getValueNode(), depth + 1));
    }
    return object;
  }

  private JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(scalar, text);
    }
    return JSON.stringNode(text);
  }

  private JsonNode number(ScalarNode scalar, String text) {
    try {
      double value = Double.parseDouble(text);
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
      return whole ? JSON.numberNode((long) value) : JSON.numberNode(value);
    } catch (NumberFormatException notDecimal) {
      throw new DocumentException(
          place(scalar) + ": '" + text + "' is no decimal number such as 12 or 0.5 or 1e9");
    }
  }

  private String place(Node node) {
    return file + node.getStartMark().map(YamlTree::line).orElse("");
  }

  private static String line(Mark mark) {
    return ", line " + (mark.getLine() + 1);
  }
}
