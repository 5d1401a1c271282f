package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.Account.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lines of an account put together. */
public final class Lines {
  /** What people take in of one list; the rest is summed up in one line. */
  public static final int SHOWN = 20;

  private Lines() {}

  /** The first {@link #SHOWN} lines, and the others as one, named with their number. */
  public static List<Line> folded(List<Line> lines) {
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
    double requests = 0;
    double tokens = 0;
    for (Line line : lines) {
      activities += line.activities();
      requests += line.requests();
      tokens += line.tokens();
    }
    return new Line(key, activities, requests, tokens, footprint(List.copyOf(lines)));
  }

  private static Footprint footprint(List<Line> lines) {
    return sumOf(lines.stream().map(Line::footprint).toList());
  }

  /**
   * A flat sum: adding footprints one by one would nest as deep as there are parts.
   *
   * @param parts at least one
   */
  static Footprint sumOf(List<Footprint> parts) {
    double[] medians = new double[Impact.CARBON_KG.ordinal()];
    for (Footprint part : parts) {
      for (int i = 0; i < medians.length; i++) {
        medians[i] += part.median(Impact.values()[i]);
      }
    }
    Map<Impact, double[]> sums = new ConcurrentHashMap<>();
    return Footprint.of(
        parts.get(0).factorSet(),
        medians,
        parts.stream().mapToDouble(Footprint::variationKwh2).sum(),
        impact -> sums.computeIfAbsent(impact, any -> draws(parts, impact)).clone());
  }

  private static double[] draws(List<Footprint> parts, Impact impact) {
    double[] sum = parts.get(0).draws(impact);
    for (Footprint part : parts.subList(1, parts.size())) {
      double[] draws = part.draws(impact);
      for (int k = 0; k < sum.length; k++) {
        sum[k] += draws[k];
      }
    }
    return sum;
  }
}
