package io.gtrace.governance.pyramid;

import io.gtrace.governance.facts.Facts;
import java.util.List;

/** Thresholds of criteria, for functions of indicators that compute with them. */
final class Limits {
  private static final Pyramid USUAL = Pyramid.shipped();

  private Limits() {}

  /**
   * The threshold of the organisation: its own, else the usual one.
   *
   * @param criterion which of the criteria of the indicator, from 0
   */
  static double of(Facts facts, String indicator, int criterion) {
    List<Double> own = facts.profile().thresholds().getOrDefault(indicator, List.of());
    return criterion < own.size() ? own.get(criterion) : usual(indicator, criterion).threshold();
  }

  /** The threshold of the organisation where it tightens the usual one, else the usual one. */
  static double notLoosened(Facts facts, String indicator, int criterion) {
    double own = of(facts, indicator, criterion);
    Criterion usual = usual(indicator, criterion);
    return usual.isLoosenedBy(own) ? usual.threshold() : own;
  }

  private static Criterion usual(String indicator, int criterion) {
    return USUAL.indicator(indicator).orElseThrow().criteria().get(criterion);
  }
}
