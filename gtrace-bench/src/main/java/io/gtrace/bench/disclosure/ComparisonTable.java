package io.gtrace.bench.disclosure;

import io.gtrace.bench.docs.MarkdownTable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.descriptive.Quantile;

/** Comparisons as a Markdown table with a line that sums them up. */
record ComparisonTable(List<Comparison> comparisons) {
  ComparisonTable {
    comparisons = List.copyOf(comparisons);
  }

  /** Share of the published figures that our intervals hold, 0 to 1. */
  double shareInside() {
    return (double) inside() / comparisons.size();
  }

  private long inside() {
    return comparisons.stream().filter(Comparison::inside).count();
  }

  double medianOursOverPublished() {
    return Quantile.withDefaults()
        .evaluate(comparisons.stream().mapToDouble(Comparison::oursOverPublished).toArray(), 0.5);
  }

  /**
   * @param whatColumn heading of the first column
   * @param fromColumn heading of the second
   */
  String markdown(String whatColumn, String fromColumn) {
    MarkdownTable table =
        new MarkdownTable(
            whatColumn,
            fromColumn,
            "published:",
            "ours (90 % interval):",
            "ours over published:",
            "inside");
    for (Comparison each : comparisons) {
      table.row(
          each.figure().what(),
          each.figure().from(),
          number(each.figure().published(), 4) + " " + each.figure().unit(),
          String.format(
              "%s (%s to %s)",
              number(each.ours().median(), 3),
              number(each.ours().low(), 3),
              number(each.ours().high(), 3)),
          number(each.oursOverPublished(), 2),
          each.inside() ? "yes" : "**no**");
    }
    return table
        + "\nInside: "
        + inside()
        + " of "
        + comparisons.size()
        + "; the median of ours over published is "
        + number(medianOursOverPublished(), 2)
        + ".\n";
  }

  /** So many significant digits, never an exponent. */
  private static String number(double value, int digits) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }
}
