package io.gtrace.app;

import io.gtrace.ratecard.VarianceShare;
import io.gtrace.report.Figures;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What makes an interval wide, as lines for people. */
final class WidthText {
  private static final int LISTED = 6;
  private static final double LEAST_SHARE = 0.005;

  private WidthText() {}

  /**
   * The factors with the largest shares, and what would narrow the interval most.
   *
   * @param shares of the variance of an activity's carbon, largest first
   */
  static void print(PrintWriter out, List<VarianceShare> shares) {
    if (shares.isEmpty()) {
      return;
    }
    out.println();
    out.println("What makes the interval of carbon wide, and what it would be if that were known:");
    shares.stream()
        .filter(each -> each.share() >= LEAST_SHARE)
        .limit(LISTED)
        .forEach(each ->
            out.printf(
                Locale.ROOT,
                "  %3.0f %%  %s: %s%n",
                100 * each.share(),
                each.meaning(),
                Figures.carbon(each.known())));
    shares.stream()
        .filter(each -> !each.factor().equals(VarianceShare.REQUEST))
        .findFirst()
        .ifPresent(first -> out.println("Measure first: " + first.meaning() + "."));
  }
}
