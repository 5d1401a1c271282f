package io.gtrace.factor;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
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

/**
 * A user's own factors: one YAML file whose sections are named like the shipped files and whose
 * entries have the same fields. An entry lays its fields over the shipped row of the same name, or
 * adds a row. The section {@code data_centres} has no shipped file.
 */
final class FactorOverrides {
  private static final String DATA_CENTRES = "data_centres";
  private static final List<String> DATA_CENTRE_FIELDS =
      Stream.concat(
              Stream.of("name", "zone", "pue", "wue_l_per_kwh", "accelerator"),
              ContractFields.NAMES.stream())
          .toList();
  private static final int MAX_BYTES = 16 << 20;

  private final String file;
  private final byte[] bytes;
  private final List<Section> sections;

  private record Section(String name, long line, List<Entry> entries) {}

  private record Entry(long line, Map<String, Field> fields) {}

  private record Field(long line, String text) {}

  private FactorOverrides(String file, byte[] bytes, List<Section> sections) {
    this.file = file;
    this.bytes = bytes;
    this.sections = sections;
  }

  /**
   * @throws FactorFileException if the file cannot be read or is not of this form
   */
  static FactorOverrides read(Path path) {
    String file = path.toString();
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new FactorFileException(file + ": is larger than 16 MB; that is no factor file");
      }
      byte[] bytes = Files.readAllBytes(path);
      String yaml = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new FactorOverrides(file, bytes, sections(file, yaml));
    } catch (NoSuchFileException missing) {
      throw new FactorFileException(file + ": there is no such file");
    } catch (CharacterCodingException notText) {
      throw new FactorFileException(file + ": is not text in UTF-8");
    } catch (IOException unreadable) {
      throw new FactorFileException(file + ": cannot be read: " + unreadable.getMessage());
    }
  }

  /** The file as it is, for the digest of the factor set. */
  byte[] bytes() {
    return bytes.clone();
  }

  void layOver(Map<String, FactorTable> tables, FactorTable dataCentres) {
    for (Section section : sections) {
      boolean centres = section.name().equals(DATA_CENTRES);
      FactorTable table = centres ? dataCentres : tables.get(section.name());
      if (table == null) {
        List<String> known = new ArrayList<>(new TreeMap<>(tables).keySet());
        known.add(DATA_CENTRES);
        throw new FactorFileException(
            file
                + ", line "
                + section.line()
                + ": there is no section '"
                + section.name()
                + "'; known are "
                + String.join(", ", known));
      }
      List<String> fields = centres ? DATA_CENTRE_FIELDS : table.fields();
      for (Entry entry : section.entries()) {
        table.override(file, entry.line(), checked(section, entry, fields));
      }
    }
  }

  private Map<String, String> checked(Section section, Entry entry, List<String> known) {
    Map<String, String> values = new LinkedHashMap<>();
    entry
        .fields()
        .forEach((name, field) -> {
          if (!known.contains(name)) {
            throw new FactorFileException(
                file
                    + ", line "
                    + field.line()
                    + ", "
                    + name
                    + ": "
                    + section.name()
                    + " have no such field; did you mean "
                    + nearest(name, known)
                    + "?");
          }
          values.put(name, field.text());
        });
    return values;
  }

  private static String nearest(String name, List<String> known) {
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    return known.stream()
        .max(Comparator.comparingDouble(field -> similarity.apply(name, field)))
        .orElse("");
  }

  private static List<Section> sections(String file, String yaml) {
    LoadSettings settings = LoadSettings.builder().setLabel(file).build();
    Optional<Node> root;
    try {
      root = new Compose(settings).composeReader(new StringReader(yaml));
    } catch (MarkedYamlEngineException broken) {
      throw new FactorFileException(
          file
              + broken.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("")
              + ": is not YAML: "
              + broken.getProblem());
    } catch (YamlEngineException broken) {
      throw new FactorFileException(file + ": is not YAML: " + broken.getMessage());
    }
    if (root.isEmpty()) {
      throw new FactorFileException(file + ": is empty");
    }
    List<Section> sections = new ArrayList<>();
    for (NodeTuple tuple : mapping(file, root.get(), "the file").getValue()) {
      String name = scalar(file, tuple.getKeyNode(), "a section name");
      if (!(tuple.getValueNode() instanceof SequenceNode entries)) {
        throw at(file, tuple.getValueNode(), "section '" + name + "' must be a list of entries");
      }
      List<Entry> read = new ArrayList<>();
      for (Node entry : entries.getValue()) {
        read.add(entry(file, entry, name));
      }
      sections.add(new Section(name, line(tuple.getKeyNode()), read));
    }
    return sections;
  }

  private static Entry entry(String file, Node node, String section) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping(file, node, "an entry of '" + section + "'").getValue()) {
      String name = scalar(file, tuple.getKeyNode(), "a field name");
      Node value = tuple.getValueNode();
      List<String> texts = new ArrayList<>();
      if (value instanceof SequenceNode list) {
        list.getValue().forEach(each -> texts.add(scalar(file, each, name)));
      } else {
        texts.add(scalar(file, value, name));
      }
      fields.put(name, new Field(line(value), String.join("|", texts)));
    }
    return new Entry(line(node), fields);
  }

  private static MappingNode mapping(String file, Node node, String what) {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw at(file, node, what + " must have fields, as in 'name: value'");
  }

  private static String scalar(String file, Node node, String what) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw at(file, node, what + " must be a plain value");
  }

  private static FactorFileException at(String file, Node node, String complaint) {
    return new FactorFileException(file + ", line " + line(node) + ": " + complaint);
  }

  private static long line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1L;
  }
}
