package io.gtrace.governance.pyramid;

import io.gtrace.governance.profile.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The pyramid with the thresholds of an organisation.
 *
 * @param loosened by indicator, what was loosened
 */
record Thresholds(Pyramid pyramid, Map<String, List<String>> loosened) {

  /** What of an indicator was loosened, in words. */
  List<String> loosened(String id) {
    return loosened.getOrDefault(id, List.of());
  }

  static Thresholds of(Pyramid usual, Profile profile) {
    for (String id : profile.thresholds().keySet()) {
      requireKnown(usual, profile, "/thresholds/" + id, id);
      int criteria = usual.indicator(id).orElseThrow().criteria().size();
      int given = profile.thresholds().get(id).size();
      if (given > criteria) {
        throw profile.fault(
            "/thresholds/" + id, "has " + given + " thresholds; the indicator has " + criteria);
      }
    }
    for (String id : profile.notApplicable().keySet()) {
      requireKnown(usual, profile, "/not_applicable/" + id, id);
    }
    Map<String, List<String>> loosened = new LinkedHashMap<>();
    profile
        .target()
        .filter(target -> target.yearlyReduction() < Profile.USUAL_REDUCTION)
        .ifPresent(target ->
            loosened
                .computeIfAbsent("7.1", missing -> new ArrayList<>())
                .add(
                    "yearly reduction: loosened from "
                        + Profile.USUAL_REDUCTION
                        + " to "
                        + target.yearlyReduction()));
    List<Level> levels =
        usual.levels().stream().map(level -> changed(level, profile, loosened)).toList();
    return new Thresholds(
        new Pyramid(usual.version(), usual.passedShare(), usual.meteredShare(), levels), loosened);
  }

  private static void requireKnown(Pyramid usual, Profile profile, String pointer, String id) {
    if (usual.indicator(id).isEmpty()) {
      throw profile.fault(
          pointer, "there is no such indicator; write its id in quotes, as \"2.1\"");
    }
  }

  private static Level changed(Level level, Profile profile, Map<String, List<String>> loosened) {
    return new Level(
        level.number(),
        level.name(),
        level.band(),
        level.purpose(),
        level.metric(),
        level.gateGrade(),
        level.indicators().stream().map(each -> changed(each, profile, loosened)).toList());
  }

  private static Indicator changed(
      Indicator indicator, Profile profile, Map<String, List<String>> loosened) {
    List<Double> own = profile.thresholds().getOrDefault(indicator.id(), List.of());
    if (own.isEmpty()) {
      return indicator;
    }
    List<Criterion> criteria = new ArrayList<>(indicator.criteria());
    for (int i = 0; i < own.size(); i++) {
      Criterion before = criteria.get(i);
      criteria.set(i, before.at(own.get(i)));
      if (before.isLoosenedBy(own.get(i))) {
        loosened
            .computeIfAbsent(indicator.id(), missing -> new ArrayList<>())
            .add(
                String.format(
                    Locale.ROOT,
                    "%s: loosened from %s %s to %s %s",
                    before.measure(),
                    before.test().sign(),
                    plain(before.threshold()),
                    before.test().sign(),
                    plain(own.get(i))));
      }
    }
    return new Indicator(
        indicator.id(),
        indicator.name(),
        indicator.isGate(),
        indicator.formula(),
        criteria,
        indicator.constants(),
        indicator.evidence(),
        indicator.covers(),
        indicator.action(),
        indicator.kind());
  }

  private static String plain(double threshold) {
    return threshold == Math.rint(threshold)
        ? Long.toString((long) threshold)
        : Double.toString(threshold);
  }
}
