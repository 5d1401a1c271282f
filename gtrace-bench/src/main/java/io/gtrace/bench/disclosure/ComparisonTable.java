package io.gtrace.bench.disclosure;

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
    StringBuilder text = new StringBuilder();
    text.append("| ")
        .append(whatColumn)
        .append(" | ")
        .append(fromColumn)
        .append(" | published | ours (90 % interval) | ours over published | inside |\n")
        .append("| --- | --- | ---: | ---: | ---: | --- |\n");
    for (Comparison each : comparisons) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s %s | %s (%s to %s) | %s | %s |%n",
              each.figure().what(),
              each.figure().from(),
              number(each.figure().published(), 4),
              each.figure().unit(),
              number(each.ours().median(), 3),
              number(each.ours().low(), 3),
              number(each.ours().high(), 3),
              number(each.oursOverPublished(), 2),
              each.inside() ? "yes" : "**no**"));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%nInside: %d of %d; the median of ours over published is %s.%n",
                inside(),
                comparisons.size(),
                number(medianOursOverPublished(), 2)))
        .toString()
        .replace(System.lineSeparator(), "\n");
  }

  /** So many significant digits, never an exponent. */
  private static String number(double value, int digits) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }
}
