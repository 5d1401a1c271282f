package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.Account.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lines of an account put together. */
final class Lines {
  /** What people take in of one list; the rest is summed up in one line. */
  static final int SHOWN = 20;

  private Lines() {}

  /** The first {@link #SHOWN} lines, and the others as one, named with their number. */
  static List<Line> folded(List<Line> lines) {
    if (lines.size() <= SHOWN) {
      return lines;
    }
    List<Line> shown = new ArrayList<>(lines.subList(0, SHOWN));
    List<Line> others = lines.subList(SHOWN, lines.size());
    shown.add(sum("others (" + others.size() + ")", others));
    return shown;
  }

  /**
   * All lines as one.
   *
   * @param lines at least one
   */
  static Line sum(String key, List<Line> lines) {
    long activities = 0;
    double tokens = 0;
    for (Line line : lines) {
      activities += line.activities();
      tokens += line.tokens();
    }
    return new Line(key, activities, tokens, footprint(List.copyOf(lines)));
  }

  /** A flat sum: adding footprints one by one would nest as deep as there are lines. */
  private static Footprint footprint(List<Line> lines) {
    double[] medians = new double[Impact.CARBON_KG.ordinal()];
    for (Line line : lines) {
      for (int i = 0; i < medians.length; i++) {
        medians[i] += line.footprint().median(Impact.values()[i]);
      }
    }
    Map<Impact, double[]> sums = new ConcurrentHashMap<>();
    return Footprint.of(
        lines.get(0).footprint().factorSet(),
        medians,
        lines.stream().mapToDouble(line -> line.footprint().variationKwh2()).sum(),
        impact -> sums.computeIfAbsent(impact, any -> draws(lines, impact)).clone());
  }

  private static double[] draws(List<Line> lines, Impact impact) {
    double[] sum = lines.get(0).footprint().draws(impact);
    for (Line line : lines.subList(1, lines.size())) {
      double[] draws = line.footprint().draws(impact);
      for (int k = 0; k < sum.length; k++) {
        sum[k] += draws[k];
      }
    }
    return sum;
  }
}
