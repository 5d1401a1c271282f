package io.gtrace.app;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import io.gtrace.meter.Machine;
import io.gtrace.meter.Metering;
import io.gtrace.meter.counter.EnergyMeter;
import io.gtrace.meter.load.LoadTotals;
import io.gtrace.report.FootprintJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** What was measured, for programs. */
final class MeterJson {
  private MeterJson() {}

  /** Writes it as properties of an object that is open. */
  static void write(JsonGenerator json, MeterReport report, Optional<String> runId) {
    Metering metering = report.metering();
    json.writeStringProperty("command", report.command());
    report
        .exitCode()
        .ifPresentOrElse(
            code -> json.writeNumberProperty("exitCode", code),
            () -> json.writeNullProperty("exitCode"));
    json.writeStringProperty("startedAt", metering.from().toString());
    json.writeNumberProperty("seconds", metering.length().toNanos() / 1e9);
    price(json, report.price());
    json.writeNumberProperty("interval", Quantity.INTERVAL);
    json.writeStringProperty("evidence", report.grade().name());
    json.writeNumberProperty("measuredKwh", metering.measured().kwh());
    json.writeNumberProperty("modelledKwh", metering.modelled().kwh());
    json.writeNumberProperty("idleKwh", metering.ownIdle().kwh());
    json.writeArrayPropertyStart("parts");
    metering.parts().forEach(part -> part(json, part));
    json.writeEndArray();
    load(json, metering);
    runId.ifPresent(id -> json.writeStringProperty("requestId", id));
    List<String> notes = new ArrayList<>(report.machine().notes());
    notes.addAll(metering.notes());
    notes(json, notes);
    permission(json, report.machine());
  }

  private static void price(JsonGenerator json, MeterPrices.Price price) {
    Footprint footprint = price.footprint();
    FootprintJson.quantity(json, "energyKwh", footprint.energyKwh());
    switch (price.carbon()) {
      case UNKNOWN -> json.writeNullProperty("carbonKg");
      case OWN_MIX ->
          price.ownMixKg().ifPresent(kg -> FootprintJson.quantity(json, "carbonKg", kg));
      case OF_GRID -> {
        FootprintJson.quantity(json, "carbonKg", footprint.carbonKg());
        json.writeName("footprint");
        FootprintJson.write(json, footprint, List.of());
      }
    }
  }

  private static void part(JsonGenerator json, Metering.Part part) {
    json.writeStartObject();
    json.writeStringProperty("component", part.component().label());
    json.writeStringProperty("name", part.name());
    json.writeStringProperty("basis", part.basis().label());
    json.writeNumberProperty("ownKwh", part.tally().own().kwh());
    json.writeNumberProperty("wholeKwh", part.tally().whole().kwh());
    json.writeEndObject();
  }

  private static void load(JsonGenerator json, Metering metering) {
    LoadTotals load = metering.load();
    json.writeNumberProperty("cpuSeconds", load.ownCpuSeconds());
    json.writeNumberProperty("machineCpuSeconds", load.busyCpuSeconds());
    json.writeNumberProperty("meanMemoryBytes", load.meanOwnMemoryBytes());
    json.writeNumberProperty("meterCpuSeconds", metering.cost().all().toNanos() / 1e9);
    json.writeNumberProperty("readingCpuSeconds", metering.cost().ofReadings().toNanos() / 1e9);
  }

  private static void notes(JsonGenerator json, List<String> notes) {
    json.writeArrayPropertyStart("notes");
    notes.forEach(json::writeString);
    json.writeEndArray();
  }

  private static void permission(JsonGenerator json, Machine machine) {
    machine
        .permission()
        .ifPresentOrElse(
            command -> json.writeStringProperty("permission", command),
            () -> json.writeNullProperty("permission"));
  }

  /** Writes what can be measured as properties of an object that is open. */
  static void writeMachine(JsonGenerator json, Machine machine) {
    json.writeStringProperty("processor", machine.processor());
    json.writeArrayPropertyStart("parts");
    for (EnergyMeter meter : machine.meters()) {
      json.writeStartObject();
      json.writeStringProperty("component", meter.component().label());
      json.writeStringProperty("name", meter.name());
      json.writeStringProperty("basis", meter.basis().label());
      json.writeEndObject();
    }
    json.writeEndArray();
    notes(json, machine.notes());
    permission(json, machine);
  }
}
