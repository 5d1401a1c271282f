package io.gtrace.app;

import io.gtrace.app.TextTable.Column;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Dimension;
import io.gtrace.report.Figures;
import io.gtrace.report.Lever;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** An account on a terminal. */
final class AccountText {
  private static final int MOST_LINES = 8;
  private static final int MOST_NOTES = 6;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final List<Dimension> SHOWN =
      List.of(Dimension.MODEL, Dimension.TEAM, Dimension.SITE, Dimension.HOUR);

  private AccountText() {}

  /**
   * @param levers what would have saved carbon, as the report lists it
   */
  static void print(PrintWriter out, Account account, List<Lever> levers) {
    Line total = account.total();
    out.println(account.title());
    out.println(
        Numbers.counted((double) total.activities(), "activity", "activities")
            + ", "
            + Numbers.counted(total.tokens(), "token", "tokens")
            + period(account));
    out.println();
    if (total.activities() == 0) {
      return;
    }
    Footprint footprint = total.footprint();
    out.println("  energy  " + Figures.energy(footprint.energyKwh()));
    out.println("  carbon  " + Figures.carbon(footprint.carbonKg()));
    out.println(
        "          operational "
            + Figures.carbon(footprint.operationalLocationBasedKg())
            + ", embodied "
            + Figures.carbon(footprint.embodiedKg()));
    out.println("  water   " + Figures.water(footprint.waterL()));
    for (Dimension dimension : SHOWN) {
      split(out, account, dimension);
    }
    savings(out, levers);
    notes(out, account.notes());
    out.println();
    out.println("In brackets: the interval that holds the true value with probability 0.9.");
  }

  private static String period(Account account) {
    return account.first().isPresent() && account.last().isPresent()
        ? ", " + minute(account.first().get()) + " to " + minute(account.last().get()) + " UTC"
        : "";
  }

  private static String minute(Instant instant) {
    return MINUTE.format(instant);
  }

  private static void split(PrintWriter out, Account account, Dimension dimension) {
    List<Line> lines = account.by(dimension);
    boolean told = lines.size() > 1 || (lines.size() == 1 && !lines.get(0).key().isEmpty());
    if (!told) {
      return;
    }
    double all = account.total().footprint().median(Impact.CARBON_KG);
    List<Column<Line>> columns =
        List.of(
            Column.forPeople(
                "by " + dimension.label(),
                line -> line.key().isEmpty() ? "(not known)" : line.key()),
            Column.forPeople(
                "activities", line -> String.format(Locale.ROOT, "%,d", line.activities())),
            Column.forPeople("energy", line -> Figures.energy(line.footprint().energyKwh())),
            Column.forPeople("carbon", line -> Figures.carbon(line.footprint().carbonKg())),
            Column.forPeople("share", line -> percent(line, all)));
    out.println();
    new TextTable<>(columns, lines.subList(0, Math.min(MOST_LINES, lines.size())))
        .print(out, OutputFormat.text);
    if (lines.size() > MOST_LINES) {
      out.println("… and " + (lines.size() - MOST_LINES) + " more");
    }
  }

  private static String percent(Line line, double allKg) {
    double percent = 100 * line.footprint().median(Impact.CARBON_KG) / allKg;
    return percent > 0 && percent < 0.5 ? "< 1 %" : String.format(Locale.ROOT, "%.0f %%", percent);
  }

  private static void savings(PrintWriter out, List<Lever> levers) {
    if (levers.isEmpty()) {
      return;
    }
    out.println();
    out.println("What would have saved carbon");
    for (Lever lever : levers) {
      out.println("  " + Figures.carbon(lever.savedCarbonKg()) + "  " + lever.action());
    }
  }

  private static void notes(PrintWriter out, List<String> notes) {
    if (notes.isEmpty()) {
      return;
    }
    out.println();
    notes.stream().limit(MOST_NOTES).forEach(note -> out.println("note: " + note));
    if (notes.size() > MOST_NOTES) {
      out.println("note: and " + (notes.size() - MOST_NOTES) + " more, all in the report");
    }
  }
}
