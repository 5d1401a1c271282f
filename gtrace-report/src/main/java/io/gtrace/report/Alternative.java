package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Ranking;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * One of the ways to do some work that are set beside each other.
 *
 * @param subject the model and its place
 * @param hour the hour of the day, UTC; empty where hours are not told apart
 * @param footprint what the work costs this way
 */
public record Alternative(Subject subject, String hour, Footprint footprint) {
  /** What it shares with the same at other hours. */
  public String series() {
    return subject.series();
  }

  /** What tells it from all others. */
  public String label() {
    return hour.isEmpty() ? series() : series() + ", " + hour;
  }

  /** Each as a JSON object, with the probability that it emits less than all the others. */
  public static List<String> json(List<Alternative> alternatives) {
    Ranking ranking =
        new Ranking(alternatives.stream().map(Alternative::footprint).toList(), Impact.CARBON_KG);
    List<String> objects = new ArrayList<>();
    for (Alternative each : alternatives) {
      double probabilityOfLeast = ranking.probabilityOfLeast(objects.size());
      objects.add(
          FootprintJson.of(
              json -> each.writeAbout(json, probabilityOfLeast), each.footprint(), List.of()));
    }
    return objects;
  }

  private void writeAbout(JsonGenerator json, double probabilityOfLeast) {
    json.writeStringProperty("alternative", label());
    json.writeNumberProperty("probabilityOfLeastCarbon", probabilityOfLeast);
    subject.writeTo(json);
  }

  public double carbonKg() {
    return footprint.median(Impact.CARBON_KG);
  }

  public boolean isOfSeries(Alternative other) {
    return series().equals(other.series());
  }

  /** Over the joint draws, so that errors which both share do not count. */
  public double probabilityOfLessThan(Alternative other) {
    return new Ranking(List.of(footprint, other.footprint), Impact.CARBON_KG)
        .probabilityOfLess(0, 1);
  }
}
