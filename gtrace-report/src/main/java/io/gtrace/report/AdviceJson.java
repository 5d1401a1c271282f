package io.gtrace.report;

import io.gtrace.factor.Factor;
import io.gtrace.footprint.Quantity;
import io.gtrace.governance.advice.Assumptions;
import io.gtrace.governance.advice.Avoided;
import io.gtrace.governance.advice.HourlyPlacement;
import io.gtrace.governance.advice.Plan;
import io.gtrace.governance.advice.Plan.Line;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** A plan of what to do, as JSON. */
public final class AdviceJson {
  private AdviceJson() {}

  /**
   * Writes the properties of a plan into an object that is open.
   *
   * @param hourly the work placed over true hours; empty where they are not known
   * @param currency of its costs; empty where no price is known
   */
  public static void write(
      JsonGenerator json, Plan plan, Optional<HourlyPlacement> hourly, String currency) {
    json.writeName("before");
    FootprintJson.write(json, plan.before().footprint(), List.of());
    json.writeName("after");
    FootprintJson.write(json, plan.after().footprint(), List.of());
    json.writeStringProperty("currency", currency);
    json.writeArrayPropertyStart("lines");
    for (int n = 0; n < plan.lines().size(); n++) {
      line(json, n + 1, plan.lines().get(n));
    }
    json.writeEndArray();
    json.writeObjectPropertyStart("placementBound");
    avoided(json, plan.bound());
    json.writeEndObject();
    hourly.ifPresent(each -> hours(json, each));
    reasons(json, "idle", plan.idle());
    reasons(json, "impossible", plan.impossible());
  }

  private static void hours(JsonGenerator json, HourlyPlacement placed) {
    json.writeObjectPropertyStart("trueHours");
    json.writeNumberProperty("hours", placed.hours());
    json.writeNumberProperty("todayKg", placed.todayKg());
    json.writeNumberProperty("forecastKg", placed.forecastKg());
    json.writeNumberProperty("limitedOracleKg", placed.limitedOracleKg());
    json.writeNumberProperty("oracleKg", placed.oracleKg());
    json.writeArrayPropertyStart("leftOut");
    placed.leftOut().stream().sorted().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void line(JsonGenerator json, int rank, Line line) {
    json.writeStartObject();
    json.writeNumberProperty("rank", rank);
    json.writeStringProperty("id", line.id());
    json.writeStringProperty("summary", line.summary());
    json.writeStringProperty("detail", line.detail());
    json.writeStringProperty("effort", line.effort().label());
    json.writeObjectPropertyStart("avoided");
    avoided(json, line.avoided());
    json.writeEndObject();
    json.writeObjectPropertyStart("alone");
    avoided(json, line.alone());
    json.writeEndObject();
    json.writeArrayPropertyStart("assumptions");
    line.assumptions().forEach(each -> assumption(json, each));
    json.writeEndArray();
    json.writeArrayPropertyStart("sideEffects");
    line.sideEffects().forEach(json::writeString);
    json.writeEndArray();
    json.writeStringProperty("leavesOut", line.leavesOut());
    json.writeStringProperty("command", line.command().orElse(""));
    json.writeEndObject();
  }

  private static void avoided(JsonGenerator json, Avoided avoided) {
    quantity(json, "carbonKg", avoided.carbonKg());
    quantity(json, "energyKwh", avoided.energyKwh());
    quantity(json, "waterL", avoided.waterL());
    quantity(json, "embodiedKg", avoided.embodiedKg());
    json.writeNumberProperty("probability", avoided.probability());
    if (avoided.cost().isPresent()) {
      json.writeNumberProperty("cost", avoided.cost().getAsDouble());
    } else {
      json.writeNullProperty("cost");
    }
  }

  private static void quantity(JsonGenerator json, String name, Quantity quantity) {
    FootprintJson.quantity(json, name, quantity);
  }

  private static void assumption(JsonGenerator json, Factor factor) {
    json.writeStartObject();
    json.writeStringProperty("id", Assumptions.name(factor));
    json.writeStringProperty("meaning", factor.meaning());
    json.writeNumberProperty("median", factor.median());
    json.writeNumberProperty("low", factor.scatter().low());
    json.writeNumberProperty("high", factor.scatter().high());
    json.writeStringProperty("unit", factor.unit());
    json.writeStringProperty("tier", factor.provenance().tier().label());
    json.writeStringProperty("source", factor.provenance().source());
    json.writeEndObject();
  }

  private static void reasons(JsonGenerator json, String name, Map<String, String> reasons) {
    json.writeObjectPropertyStart(name);
    new TreeMap<>(reasons).forEach(json::writeStringProperty);
    json.writeEndObject();
  }
}
