package io.gtrace.governance.pyramid;

import io.gtrace.governance.facts.Facts;
import java.util.List;

/** Thresholds and constants of indicators, for their functions that compute with them. */
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

  /**
   * A constant of the formula of an indicator.
   *
   * @param name as the levels file has it
   */
  static double constant(String indicator, String name) {
    Double constant = USUAL.indicator(indicator).orElseThrow().constants().get(name);
    if (constant == null) {
      throw new IllegalArgumentException("indicator " + indicator + " has no constant " + name);
    }
    return constant;
  }

  private static Criterion usual(String indicator, int criterion) {
    return USUAL.indicator(indicator).orElseThrow().criteria().get(criterion);
  }
}
