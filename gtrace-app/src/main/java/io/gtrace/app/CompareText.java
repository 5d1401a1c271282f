package io.gtrace.app;

import io.gtrace.report.Alternative;
import io.gtrace.report.Figures;
import io.gtrace.report.Subject;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Alternatives on a terminal: bars to one scale, and which of them emits least. */
final class CompareText {
  private static final int BAR_WIDTH = 32;

  /** Nothing that G-TRACE knows is good enough to tell what lies closer together. */
  private static final double TOO_CLOSE = 0.99;

  private static final double NEARLY_SURE = 0.995;

  private static final double NO_BETTER_THAN_A_COIN = 0.55;

  private final PrintWriter out;
  private final List<Alternative> alternatives;
  private final Map<String, List<Alternative>> bySeries;

  private CompareText(PrintWriter out, List<Alternative> alternatives) {
    this.out = out;
    this.alternatives = alternatives;
    bySeries =
        alternatives.stream()
            .collect(
                Collectors.groupingBy(
                    Alternative::series, LinkedHashMap::new, Collectors.toList()));
  }

  static void print(PrintWriter out, List<Alternative> alternatives) {
    CompareText text = new CompareText(out, alternatives);
    text.bars();
    if (alternatives.size() > 1) {
      out.println();
      out.println(text.verdict());
    }
    text.notes();
  }

  private void bars() {
    double mostKg = alternatives.stream().mapToDouble(Alternative::carbonKg).max().orElse(0);
    boolean byHour = alternatives.stream().noneMatch(each -> each.hour().isEmpty());
    int width =
        alternatives.stream()
            .map(each -> byHour ? each.hour() : each.series())
            .mapToInt(String::length)
            .max()
            .orElse(0);
    String apart = "";
    for (Map.Entry<String, List<Alternative>> series : bySeries.entrySet()) {
      if (byHour) {
        out.print(apart);
        out.println(series.getKey());
        apart = System.lineSeparator();
      }
      for (Alternative each : series.getValue()) {
        String label = byHour ? each.hour() : each.series();
        out.println(
            label
                + " ".repeat(width - label.length())
                + "  "
                + TextBar.of(each.carbonKg() / mostKg, BAR_WIDTH)
                + "  "
                + Figures.carbon(each.footprint().carbonKg()));
      }
    }
  }

  private String verdict() {
    List<Alternative> ranked =
        alternatives.stream().sorted(Comparator.comparingDouble(Alternative::carbonKg)).toList();
    Alternative best = ranked.getFirst();
    Alternative worst = ranked.getLast();
    if (areTooClose(best, worst)) {
      return "All lie within 1 % of each other, closer than the data tell apart.";
    }
    String least =
        name(best)
            + " emits least: "
            + Numbers.twoDigits(100 * best.carbonKg() / worst.carbonKg())
            + " % of "
            + name(worst);
    // Hours of one place share everything but their shape: the next place says more.
    Alternative rival =
        ranked.stream()
            .filter(each -> !each.isOfSeries(best))
            .findFirst()
            .orElseGet(() -> ranked.get(1));
    if (areTooClose(best, rival)) {
      return least
          + ". "
          + name(rival)
          + " lies within 1 % of it, closer than the data tell apart.";
    }
    if (rival.isOfSeries(best)) {
      return least
          + ", as on the average day of the month; how far single days stray is not known.";
    }
    double probability = best.probabilityOfLessThan(rival);
    if (probability < NO_BETTER_THAN_A_COIN) {
      return least
          + String.format(
              Locale.ROOT,
              ", but whether it is less than %s cannot be told: its probability is %.2f.",
              name(rival),
              probability);
    }
    return least
        + ", and less than "
        + name(rival)
        + (probability > NEARLY_SURE
            ? " with a probability above 0.99."
            : String.format(Locale.ROOT, " with probability %.2f.", probability));
  }

  private void notes() {
    for (List<Alternative> series : bySeries.values()) {
      Subject subject = series.getFirst().subject();
      subject.notes().forEach(note -> out.println("note: " + subject.series() + ": " + note));
    }
  }

  private String name(Alternative each) {
    return bySeries.size() == 1 ? each.hour() : each.label();
  }

  private static boolean areTooClose(Alternative less, Alternative more) {
    return !(less.carbonKg() < TOO_CLOSE * more.carbonKg());
  }
}
