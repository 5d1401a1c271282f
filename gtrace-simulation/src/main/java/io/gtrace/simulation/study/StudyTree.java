package io.gtrace.simulation.study;

import io.gtrace.simulation.document.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A study as it was written: a tree of fields, each known by its JSON pointer, with the line that
 * it came from.
 *
 * @param root the fields
 * @param places file and line of each field, by its pointer
 */
record StudyTree(JsonNode root, Map<String, String> places) {
  private static final List<String> NAMES = List.of("id", "device", "site", "from");

  static StudyTree of(Document document) {
    return new StudyTree(document.root(), document.places());
  }

  Document document() {
    return new Document(root, places);
  }

  JsonNode at(String pointer) {
    return root.at(JsonPointer.compile(pointer));
  }

  boolean has(String pointer) {
    return !at(pointer).isMissingNode();
  }

  /** File, line and field of the first text that is just this; empty if there is none. */
  Optional<String> placeOf(String text) {
    return places.entrySet().stream()
        .filter(place -> at(place.getKey()).stringValue("").equals(text))
        .map(place -> place.getValue() + ", " + place.getKey().substring(1).replace('/', '.'))
        .findFirst();
  }

  /** What is wrong with a field, for people. */
  StudyException fault(String pointer, String what) {
    return new StudyException(document().remark(pointer, what));
  }

  /** A field for people, as in {@code leaning (devices, rtx-4060)}. */
  String nameOf(String pointer) {
    List<String> words = new ArrayList<>();
    for (int end = pointer.indexOf('/', 1); end > 0; end = pointer.indexOf('/', end + 1)) {
      words.add(wordFor(pointer.substring(0, end)));
    }
    String last = wordFor(pointer);
    return words.isEmpty() ? last : last + " (" + String.join(", ", words) + ")";
  }

  /** The last field of a pointer: its name, or by what an element of a list is known. */
  private String wordFor(String pointer) {
    String field = pointer.substring(pointer.lastIndexOf('/') + 1);
    if (!at(pointer.substring(0, pointer.lastIndexOf('/'))).isArray()) {
      return field.replace("~1", "/").replace("~0", "~").replace('-', ' ');
    }
    return NAMES.stream()
        .map(name -> at(pointer).path(name).stringValue(""))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse(Integer.toString(Integer.parseInt(field) + 1));
  }

  /** The places below a pointer moved to below another. */
  static Map<String, String> moved(Map<String, String> places, String from, String to) {
    Map<String, String> moved = new TreeMap<>();
    places.forEach((pointer, place) -> {
      if (pointer.equals(from) || pointer.startsWith(from + "/")) {
        moved.put(to + pointer.substring(from.length()), place);
      }
    });
    return moved;
  }
}
