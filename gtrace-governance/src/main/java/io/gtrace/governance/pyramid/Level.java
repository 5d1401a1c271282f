package io.gtrace.governance.pyramid;

import io.gtrace.governance.evidence.Grade;
import java.util.List;

/**
 * A level of the pyramid.
 *
 * @param number 1 to 7
 * @param metric the family of metrics that it is about
 * @param gateGrade what the facts behind its gates must be worth
 */
public record Level(
    int number,
    String name,
    Band band,
    String purpose,
    String metric,
    Grade gateGrade,
    List<Indicator> indicators) {
  public Level {
    indicators = List.copyOf(indicators);
  }

  /** As {@code L3 Accounted}. */
  public String label() {
    return "L" + number + " " + name;
  }
}
