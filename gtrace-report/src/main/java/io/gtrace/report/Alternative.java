package io.gtrace.app;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Ranking;
import io.gtrace.report.Subject;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * One of the ways to do some work that are set beside each other.
 *
 * @param subject the model and its place
 * @param hour the hour of the day, UTC; empty where hours are not told apart
 * @param footprint what the work costs this way
 */
record Alternative(Subject subject, String hour, Footprint footprint) {
  /** What it shares with the same at other hours. */
  String series() {
    return subject.series();
  }

  /** What tells it from all others. */
  String label() {
    return hour.isEmpty() ? series() : series() + ", " + hour;
  }

  /**
   * @param probabilityOfLeast that it emits less than all others that it is set beside
   */
  void writeAbout(JsonGenerator json, double probabilityOfLeast) {
    json.writeStringProperty("alternative", label());
    json.writeNumberProperty("probabilityOfLeastCarbon", probabilityOfLeast);
    subject.writeTo(json);
  }

  double carbonKg() {
    return footprint.median(Impact.CARBON_KG);
  }

  boolean isOfSeries(Alternative other) {
    return series().equals(other.series());
  }

  /** Over the joint draws, so that errors which both share do not count. */
  double probabilityOfLessThan(Alternative other) {
    return new Ranking(List.of(footprint, other.footprint), Impact.CARBON_KG)
        .probabilityOfLess(0, 1);
  }
}
