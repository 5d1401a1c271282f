package io.gtrace.app;

import io.gtrace.factor.Factor;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.governance.advice.Assumptions;
import io.gtrace.governance.advice.Avoided;
import io.gtrace.governance.advice.HourlyPlacement;
import io.gtrace.governance.advice.Plan;
import io.gtrace.governance.advice.Plan.Line;
import io.gtrace.report.Figures;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A plan on a terminal: a bar for each action, then what is to be known of it. */
final class AdviceText {
  private static final int BAR_WIDTH = 32;
  private static final double NOTICEABLE = 1e-3;
  private static final double CENT = 0.01;

  private final PrintWriter out;
  private final Plan plan;
  private final Optional<HourlyPlacement> hourly;
  private final String currency;
  private final String asAsked;
  private final double beforeKg;

  /**
   * @param asAsked the command that was given, to be given again with other actions
   */
  AdviceText(
      PrintWriter out,
      Plan plan,
      Optional<HourlyPlacement> hourly,
      String currency,
      String asAsked) {
    this.out = out;
    this.plan = plan;
    this.hourly = hourly;
    this.currency = currency;
    this.asAsked = asAsked;
    beforeKg = plan.before().footprint().median(Impact.CARBON_KG);
  }

  void print() {
    out.println("carbon today     " + Figures.carbon(plan.before().footprint().carbonKg()));
    out.println("after the plan   " + Figures.carbon(plan.after().footprint().carbonKg()));
    if (plan.lines().isEmpty()) {
      out.println("No action lowers it.");
    } else {
      out.println();
      bars();
      for (int n = 0; n < plan.lines().size(); n++) {
        out.println();
        line(n + 1, plan.lines().get(n));
      }
    }
    out.println();
    bound();
    hourly.ifPresent(this::hours);
    idle();
  }

  private void hours(HourlyPlacement placed) {
    out.println(
        "Over "
            + Numbers.counted(placed.hours(), "true hour", "true hours")
            + ", electricity alone: "
            + percent(placed, placed.forecastKg())
            + " avoided by a forecast from the days before, within capacity; "
            + percent(placed, placed.limitedOracleKg())
            + " by foresight; "
            + percent(placed, placed.oracleKg())
            + " by foresight without limits.");
    if (!placed.leftOut().isEmpty()) {
      out.println(
          "  without hours, left out: " + String.join(", ", new TreeSet<>(placed.leftOut())));
    }
  }

  private static String percent(HourlyPlacement placed, double kg) {
    return String.format(
        Locale.ROOT, "%.1f %%", placed.todayKg() == 0 ? 0 : 100 * (1 - kg / placed.todayKg()));
  }

  private void bars() {
    double mostKg =
        plan.lines().stream()
            .mapToDouble(line -> line.avoided().carbonKg().median())
            .max()
            .orElse(0);
    int width = plan.lines().stream().mapToInt(line -> line.id().length()).max().orElse(0);
    for (int n = 0; n < plan.lines().size(); n++) {
      Line line = plan.lines().get(n);
      double avoidedKg = line.avoided().carbonKg().median();
      out.println(
          String.format(Locale.ROOT, "%2d  ", n + 1)
              + line.id()
              + " ".repeat(width - line.id().length())
              + "  "
              + TextBar.of(avoidedKg / mostKg, BAR_WIDTH)
              + "  "
              + share(avoidedKg)
              + "  "
              + Figures.carbon(line.avoided().carbonKg()));
    }
  }

  private String share(double kg) {
    return String.format(Locale.ROOT, "%4.1f %%", 100 * kg / beforeKg);
  }

  private void line(int rank, Line line) {
    out.println(
        rank
            + "  "
            + line.summary()
            + (line.detail().isEmpty() ? "" : ": " + Numbers.printable(line.detail())));
    row("avoids", amounts(line.avoided()));
    row("by itself", Figures.carbon(line.alone().carbonKg()));
    row("effort", line.effort().label());
    row("changes", String.join("; ", line.sideEffects()));
    line.assumptions().forEach(each -> row("assumes", assumption(each)));
    row("leaves out", line.leavesOut());
    line.command().ifPresent(command -> row("try", Numbers.printable(command)));
    row("alone", asAsked + " --actions " + line.id());
  }

  private void row(String name, String value) {
    out.println("    " + name + " ".repeat(12 - name.length()) + value);
  }

  private String amounts(Avoided avoided) {
    StringBuilder text = new StringBuilder(Figures.carbon(avoided.carbonKg()));
    text.append(
        String.format(
            Locale.ROOT, ", more than none with probability %.2f", avoided.probability()));
    double energyKwh = plan.before().footprint().median(Impact.ENERGY_KWH);
    double waterL = plan.before().footprint().median(Impact.WATER_L);
    add(text, avoided.energyKwh(), energyKwh, Impact.ENERGY_KWH);
    add(text, avoided.waterL(), waterL, Impact.WATER_L);
    double cost = avoided.cost().orElse(0);
    if (Math.abs(cost) >= CENT / 2) {
      text.append(
          String.format(
              Locale.ROOT,
              cost < 0 ? "; costs %s %,.2f more" : "; saves %s %,.2f",
              currency,
              Math.abs(cost)));
    }
    return text.toString();
  }

  private static void add(StringBuilder text, Quantity avoided, double today, Impact impact) {
    if (Math.abs(avoided.median()) < NOTICEABLE * today) {
      return;
    }
    boolean adds = avoided.median() < 0;
    Quantity shown =
        adds ? new Quantity(-avoided.median(), -avoided.high(), -avoided.low()) : avoided;
    text.append(adds ? "; takes " : "; ")
        .append(impact == Impact.WATER_L ? Figures.water(shown) : Figures.energy(shown))
        .append(impact == Impact.WATER_L ? " of water" : "")
        .append(adds ? " more" : "");
  }

  private static String assumption(Factor factor) {
    String interval =
        factor.scatter().isExact()
            ? ""
            : " ("
                + Figures.rounded(factor.scatter().low())
                + " to "
                + Figures.rounded(factor.scatter().high())
                + ")";
    return Assumptions.name(factor)
        + " "
        + Figures.rounded(factor.median())
        + (factor.unit().isEmpty() ? "" : " " + factor.unit())
        + interval
        + ", "
        + factor.provenance().tier().label()
        + ": "
        + factor.provenance().source();
  }

  private void bound() {
    double boundKg = plan.bound().carbonKg().median();
    if (!(boundKg > NOTICEABLE * beforeKg)) {
      return;
    }
    String captured =
        plan.lines().stream()
            .filter(line -> line.id().equals("region-routing"))
            .filter(line -> line.alone().carbonKg().median() > NOTICEABLE * boundKg)
            .findFirst()
            .map(line ->
                String.format(
                    Locale.ROOT,
                    ", of which region-routing gets %.0f %% within capacity",
                    100 * line.alone().carbonKg().median() / boundKg))
            .orElse("");
    out.println(
        "Placing the work over regions and hours would avoid "
            + Figures.carbon(plan.bound().carbonKg())
            + " if nothing limited capacity"
            + captured
            + ".");
    out.println(
        "Hours are those of the mean day of a month: here they are the forecast and the truth."
            + " Real hours stray further, so someone who foresaw them would find more.");
  }

  private void idle() {
    for (Map.Entry<String, String> each : new TreeMap<>(plan.idle()).entrySet()) {
      out.println(each.getKey() + ": " + each.getValue());
    }
    for (String id : new TreeMap<>(plan.impossible()).keySet()) {
      out.println(id + ": its constraints conflict");
    }
  }
}
