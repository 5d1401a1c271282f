package io.gtrace.app;

import io.gtrace.app.TextTable.Column;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.trend.FittedAnchor;
import io.gtrace.ledger.trend.FittedSignal;
import io.gtrace.ledger.trend.RegionalInterest;
import io.gtrace.ledger.trend.TimeGrid;
import io.gtrace.ledger.trend.TrendAccount;
import io.gtrace.ledger.trend.TrendEstimate;
import io.gtrace.ledger.trend.TrendFindings;
import io.gtrace.ledger.trend.TrendFindings.Pace;
import io.gtrace.ledger.trend.TrendFootprint;
import io.gtrace.report.Figures;
import io.gtrace.report.TrendRows;
import io.gtrace.uncertainty.Scatter;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A trend on a terminal. */
final class TrendText {
  private static final int BAR_WIDTH = 24;
  private static final int REGIONS_SHOWN = 8;

  private final PrintWriter out;
  private final TrendAccount account;
  private final TrendEstimate estimate;

  private TrendText(PrintWriter out, TrendAccount account) {
    this.out = out;
    this.account = account;
    estimate = account.estimate();
  }

  static void print(PrintWriter out, TrendAccount account) {
    TrendText text = new TrendText(out, account);
    text.head();
    text.rows();
    text.signals();
    text.anchors();
    account.regional().forEach(text::regions);
    account.footprint().ifPresent(text::footprint);
    text.notes();
  }

  private void head() {
    TimeGrid grid = estimate.grid();
    boolean hours = grid.step() == TimeGrid.Step.HOUR;
    out.println(
        shown(estimate.unit())
            + " by "
            + grid.step().label()
            + ", "
            + TrendRows.moment(grid.start(), hours)
            + " to "
            + TrendRows.moment(grid.end(), hours)
            + " UTC");
    out.println();
    TrendFindings findings = estimate.findings();
    if (estimate.isAbsolute()) {
      out.println("  in all  " + Figures.amount(estimate.total()));
    }
    TrendFindings.Peak peak = findings.peak();
    out.println(
        "  peak    "
            + TrendRows.moment(peak.at(), hours)
            + ": "
            + Figures.amount(peak.volume())
            + String.format(Locale.ROOT, ", the largest with probability %.2f", peak.probability())
            + (peak.earliest().equals(peak.latest())
                ? ""
                : ", else "
                    + TrendRows.moment(peak.earliest(), hours)
                    + " to "
                    + TrendRows.moment(peak.latest(), hours)));
    findings.growth().ifPresent(pace -> pace("rise", pace));
    findings.decay().ifPresent(pace -> pace("fall", pace));
    out.println();
  }

  private void pace(String name, Pace pace) {
    out.println(
        "  "
            + name
            + "    "
            + (pace.rate().median() >= 0 ? "doubles in " : "halves in ")
            + Figures.days(pace.days())
            + ", "
            + TrendRows.moment(pace.from(), false)
            + " to "
            + TrendRows.moment(pace.until(), false));
  }

  private void rows() {
    List<TrendRows.Row> rows = TrendRows.of(estimate);
    double[] shares = TrendRows.shares(rows);
    int width = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
    for (int i = 0; i < rows.size(); i++) {
      TrendRows.Row row = rows.get(i);
      String remark = row.remark().isEmpty() ? "" : "  " + row.remark();
      out.println(
          row.label()
              + " ".repeat(width - row.label().length())
              + "  "
              + TextBar.of(shares[i], BAR_WIDTH)
              + "  "
              + Figures.amount(row.volume())
              + remark);
    }
  }

  private void signals() {
    out.println();
    new TextTable<FittedSignal>(
            List.of(
                Column.forPeople("signal", each -> each.signal().name()),
                Column.forPeople("kind", each -> each.signal().kind().label()),
                Column.forPeople("by", each -> each.signal().granularity().label()),
                Column.forPeople("noise", each -> percent(each, each.noise())),
                Column.forPeople("drift", each -> percent(each, each.drift())),
                Column.forPeople("file", each -> each.signal().source())),
            estimate.signals())
        .print(out, OutputFormat.text);
  }

  private static String percent(FittedSignal signal, double logSd) {
    return signal.isVolume()
        ? "is the volume"
        : String.format(Locale.ROOT, "±%.0f %%", 100 * Math.expm1(logSd));
  }

  private void anchors() {
    if (estimate.anchors().isEmpty()) {
      return;
    }
    out.println();
    new TextTable<FittedAnchor>(
            List.of(
                Column.forPeople(
                    "anchor",
                    each ->
                        TrendRows.moment(each.anchor().from(), true)
                            + " to "
                            + TrendRows.moment(each.anchor().until(), true)),
                Column.forPeople(
                    "stated",
                    each -> {
                      Scatter amount = each.anchor().amount();
                      return Figures.amount(
                          new Quantity(amount.median(), amount.low(), amount.high()));
                    }),
                Column.forPeople("estimated", each -> Figures.amount(each.estimated()))),
            estimate.anchors())
        .print(out, OutputFormat.text);
  }

  private void regions(RegionalInterest interest) {
    out.println();
    out.println(
        shown(interest.name())
            + ", relative to all searches of each region: "
            + interest.regions().stream()
                .sorted(
                    Comparator.comparingDouble(
                        (RegionalInterest.Region region) -> -region.index().value()))
                .limit(REGIONS_SHOWN)
                .map(region ->
                    shown(region.name()) + " " + Numbers.upToThreeDecimals(region.index().value()))
                .collect(Collectors.joining(", ")));
  }

  private void footprint(TrendFootprint each) {
    out.println();
    out.println(
        Figures.amount(each.outputs()) + " outputs of " + each.model() + " at " + each.site());
    out.println("  energy  " + Figures.energy(each.footprint().energyKwh()));
    out.println("  carbon  " + Figures.carbon(each.footprint().carbonKg()));
    out.println("  water   " + Figures.water(each.footprint().waterL()));
  }

  private void notes() {
    out.println();
    account.notes().forEach(note -> out.println("note: " + shown(note)));
    out.println("In brackets: the interval that holds the true value with probability 0.9.");
  }

  /** Names come from files: none may steer the terminal. */
  private static String shown(String name) {
    return name.replaceAll("\\p{Cntrl}", "�");
  }
}
