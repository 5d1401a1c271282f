package io.gtrace.mcp;

import io.gtrace.footprint.Footprint;
import io.gtrace.report.Figures;

/** Figures in words. */
final class FigureText {
  /** What brackets mean; said once in each answer. */
  static final String BRACKETS =
      "In brackets are the bounds between which the true value lies with probability 0.9.";

  private FigureText() {}

  /** Energy, carbon and water, with intervals, in one line. */
  static String of(Footprint footprint) {
    return "energy "
        + Figures.energy(footprint.energyKwh())
        + ", carbon "
        + Figures.carbon(footprint.carbonKg())
        + ", water "
        + Figures.water(footprint.waterL());
  }
}
