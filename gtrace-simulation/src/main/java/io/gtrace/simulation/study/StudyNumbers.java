package io.gtrace.simulation.study;

import io.gtrace.uncertainty.Draws;
import io.gtrace.uncertainty.Scatter;
import io.gtrace.uncertainty.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The numbers of a study in one state of the world. A number is written plainly, or as an interval
 * of {@code low}, {@code median} and {@code high}; then it is its median, or one of its draws.
 */
final class StudyNumbers {
  private static final String SCENARIOS = "/scenarios";

  private final StudyTree tree;
  private final State state;

  /** What an uncertain number is in one state of the world. */
  @FunctionalInterface
  interface State {
    /** Every number at its median. */
    State MEDIANS = (pointer, scatter) -> scatter.median();

    /** One of the joint draws. */
    static State drawn(Draws draws, int draw) {
      return (pointer, scatter) -> draws.of(pointer, scatter, draw);
    }

    double of(String pointer, Scatter scatter);
  }

  /**
   * An uncertain number.
   *
   * @param pointer where the study says it
   * @param scatter its values
   * @param source who says so; empty if nobody
   */
  record Uncertain(String pointer, Scatter scatter, String source) {}

  StudyNumbers(StudyTree tree, State state) {
    this.tree = tree;
    this.state = state;
  }

  /** A number that must be there. */
  double of(String pointer) {
    JsonNode node = tree.at(pointer);
    if (node.isMissingNode()) {
      throw tree.fault(pointer, "must be given");
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return state.of(pointer, scatter(pointer, node));
  }

  /** A number; as given where it is not there. */
  double of(String pointer, double absent) {
    return tree.has(pointer) ? of(pointer) : absent;
  }

  private Scatter scatter(String pointer, JsonNode node) {
    double low = node.path("low").doubleValue();
    double high = node.path("high").doubleValue();
    String name = node.path("shape").stringValue("lognormal");
    Shape shape = Shape.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    try {
      double median =
          node.has("median")
              ? node.path("median").doubleValue()
              : Scatter.lognormal90(low, high).median();
      return Scatter.of90(low, median, high, shape);
    } catch (IllegalArgumentException wrong) {
      throw tree.fault(pointer, String.valueOf(wrong.getMessage()));
    }
  }

  /** All uncertain numbers of the study, in the order in which they stand. */
  List<Uncertain> uncertain() {
    List<Uncertain> found = new ArrayList<>();
    collect("", tree.root(), "", found);
    return List.copyOf(found);
  }

  /**
   * @param source who says what is around the node
   */
  private void collect(String pointer, JsonNode node, String source, List<Uncertain> found) {
    String own = node.path("source").stringValue(source);
    if (node.isObject() && node.has("low") && node.has("high")) {
      found.add(new Uncertain(pointer, scatter(pointer, node), own));
      return;
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(pointer + "/" + i, node.get(i), "", found);
      }
      return;
    }
    node.properties().stream()
        .map(field ->
            Map.entry(
                pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"),
                field.getValue()))
        // What a scenario changes is no input of the study as it stands.
        .filter(field -> !field.getKey().equals(SCENARIOS))
        .forEach(field -> collect(field.getKey(), field.getValue(), own, found));
  }
}
