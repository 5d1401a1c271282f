package io.gtrace.simulation.study;

import java.util.Map;
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

  JsonNode at(String pointer) {
    return root.at(JsonPointer.compile(pointer));
  }

  boolean has(String pointer) {
    return !at(pointer).isMissingNode();
  }

  /** What is wrong with a field, for people. */
  StudyException fault(String pointer, String what) {
    String known = pointer;
    while (!places.containsKey(known) && !known.isEmpty()) {
      known = known.substring(0, known.lastIndexOf('/'));
    }
    String field = pointer.isEmpty() ? "" : ", " + pointer.substring(1).replace('/', '.');
    return new StudyException(places.getOrDefault(known, "the study") + field + ": " + what);
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
