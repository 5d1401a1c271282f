package io.gtrace.report;

import io.gtrace.factor.Factor;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.governance.advice.Assumptions;
import io.gtrace.governance.advice.Plan;
import io.gtrace.governance.advice.Plan.Line;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/**
 * A plan as one self-contained page: what each action avoids after those before it, what it costs
 * where prices are known, and what is to be known of it.
 */
public final class AdvicePage extends ChartPage {
  private static final PageText SCRIPT = PageText.script("advice.js");
  private static final double KG_PER_T = 1_000;

  /** Less of today's figure is rounding. */
  private static final double NOTHING = 1e-9;

  private final String title;
  private final Plan plan;
  private final String currency;

  private AdvicePage(String title, Plan plan, String currency, Instant generatedAt) {
    super(SCRIPT, generatedAt);
    this.title = title;
    this.plan = plan;
    this.currency = currency;
  }

  /**
   * The page.
   *
   * @param title of what was planned for
   * @param currency of its costs; empty where no price is known
   */
  public static String html(String title, Plan plan, String currency, Instant generatedAt) {
    return new AdvicePage(title, plan, currency, generatedAt).rendered("advice.jte");
  }

  /** A figure, its name, and what is to be said beside it. */
  record Figure(String name, String value, String remark) {}

  /** One action, in words. */
  record ActionLine(
      String rank,
      String id,
      String what,
      String avoided,
      String alone,
      String energy,
      String water,
      String cost,
      String effort,
      String changes,
      String leavesOut,
      String command) {}

  record AssumptionLine(String id, String value, String meaning, String tier, String source) {}

  String title() {
    return title;
  }

  String summary() {
    double before = plan.before().footprint().median(Impact.CARBON_KG);
    double after = plan.after().footprint().median(Impact.CARBON_KG);
    return plan.lines().isEmpty()
        ? "No action lowers the carbon of this work."
        : String.format(
            Locale.ROOT,
            "%d actions together avoid %s %% of the carbon of this work.",
            plan.lines().size(),
            Figures.percent(1 - after / before));
  }

  List<Figure> figures() {
    Quantity today = plan.before().footprint().carbonKg();
    Quantity left = plan.after().footprint().carbonKg();
    return List.of(
        figure("Today", today, "location-based, with the making of hardware"),
        figure("After the plan", left, "if every assumption holds"),
        figure(
            "Bound of placement", plan.bound().carbonKg(), "avoided if nothing limited regions"));
  }

  private static Figure figure(String name, Quantity kg, String remark) {
    return new Figure(name, Figures.carbon(kg), remark);
  }

  boolean hasCosts() {
    return !plan.lines().isEmpty()
        && plan.lines().stream().allMatch(line -> line.avoided().cost().isPresent());
  }

  String currency() {
    return currency;
  }

  String alternative() {
    return "What each action avoids after those before it; the table below lists the figures.";
  }

  List<ActionLine> actions() {
    return plan.lines().stream().map(this::action).toList();
  }

  private ActionLine action(Line line) {
    return new ActionLine(
        Integer.toString(plan.lines().indexOf(line) + 1),
        line.id(),
        line.summary() + (line.detail().isEmpty() ? "" : ": " + line.detail()),
        Figures.carbon(line.avoided().carbonKg()),
        Figures.carbon(line.alone().carbonKg()),
        signed(line.avoided().energyKwh(), Impact.ENERGY_KWH),
        signed(line.avoided().waterL(), Impact.WATER_L),
        line.avoided().cost().isPresent()
            ? String.format(Locale.ROOT, "%,.2f %s", line.avoided().cost().getAsDouble(), currency)
            : "not known",
        line.effort().label(),
        String.join("; ", line.sideEffects()),
        line.leavesOut(),
        line.command().orElse(""));
  }

  /** What is added instead of avoided has a minus before it. */
  private String signed(Quantity avoided, Impact impact) {
    double today = plan.before().footprint().median(impact);
    if (Math.abs(avoided.median()) <= NOTHING * today) {
      return "none";
    }
    return avoided.median() < 0
        ? "−" + Figures.of(impact, new Quantity(-avoided.median(), -avoided.high(), -avoided.low()))
        : Figures.of(impact, avoided);
  }

  List<AssumptionLine> assumptions() {
    Map<String, Factor> used = new LinkedHashMap<>();
    plan.lines()
        .forEach(
            line -> line.assumptions().forEach(each -> used.put(Assumptions.name(each), each)));
    return used.entrySet().stream()
        .map(each -> assumption(each.getKey(), each.getValue()))
        .toList();
  }

  private static AssumptionLine assumption(String id, Factor factor) {
    String value = Figures.rounded(factor.median());
    return new AssumptionLine(
        id,
        factor.scatter().isExact()
            ? value
            : value
                + " ("
                + Figures.rounded(factor.scatter().low())
                + " to "
                + Figures.rounded(factor.scatter().high())
                + ")",
        factor.meaning() + (factor.unit().isEmpty() ? "" : ", " + factor.unit()),
        factor.provenance().tier().label(),
        factor.provenance().source());
  }

  /** What is not in the plan, and why. */
  List<String> leftOut() {
    Map<String, String> all = new TreeMap<>(plan.idle());
    all.putAll(plan.impossible());
    return all.entrySet().stream().map(each -> each.getKey() + ": " + each.getValue()).toList();
  }

  String data() {
    double most =
        plan.lines().stream()
            .mapToDouble(line -> line.avoided().carbonKg().median())
            .max()
            .orElse(0);
    Unit unit = Unit.of(Impact.CARBON_KG, most);
    return ScriptJson.of(json -> {
      json.writeStartObject();
      json.writeStringProperty("unit", unit.symbol());
      json.writeStringProperty("currency", currency);
      json.writeArrayPropertyStart("names");
      plan.lines().forEach(line -> json.writeString(line.id()));
      json.writeEndArray();
      array(json, "median", line -> line.avoided().carbonKg().median() / unit.size());
      array(json, "low", line -> line.avoided().carbonKg().low() / unit.size());
      array(json, "high", line -> line.avoided().carbonKg().high() / unit.size());
      if (hasCosts()) {
        array(json, "costPerT", AdvicePage::costPerT);
      }
      json.writeEndObject();
    });
  }

  /** What a tonne costs; below 0 where money is saved. */
  private static double costPerT(Line line) {
    return -line.avoided().cost().orElse(0) / line.avoided().carbonKg().median() * KG_PER_T;
  }

  private void array(JsonGenerator json, String name, ToDoubleFunction<Line> value) {
    json.writeArrayPropertyStart(name);
    plan.lines().forEach(line -> json.writeNumber(value.applyAsDouble(line)));
    json.writeEndArray();
  }
}
