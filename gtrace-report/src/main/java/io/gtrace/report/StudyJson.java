package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.LocalChoice;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.Figures;
import io.gtrace.simulation.study.StudyOutcome.Group;
import io.gtrace.simulation.study.StudyOutcome.Hour;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What came out of a study as one JSON object. It says nothing of the machine or the time taken, so
 * that the same study, scale and seed give the same text.
 */
public final class StudyJson {
  private StudyJson() {}

  public static String of(StudyOutcome outcome) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      Study study = outcome.study();
      json.writeStringProperty("study", study.id());
      json.writeStringProperty("title", study.title());
      json.writeStringProperty("start", study.start().toString());
      json.writeNumberProperty("hours", outcome.hours());
      json.writeNumberProperty("hoursAsked", study.hours());
      json.writeNumberProperty("scale", outcome.settings().scale());
      json.writeNumberProperty("seed", outcome.settings().seed());
      json.writeNumberProperty("runs", outcome.runs());
      json.writeNumberProperty("peopleSimulated", outcome.peopleSimulated());
      json.writeStringProperty("factorSet", outcome.factorSet());
      figures(json, outcome.figures());
      json.writeName("idle");
      FootprintJson.write(json, outcome.idle(), List.of());
      groups(json, "countries", outcome.countries());
      groups(json, "venues", outcome.venues());
      json.writeArrayPropertyStart("series");
      outcome.series().forEach(hour -> hour(json, hour));
      json.writeEndArray();
      references(json, outcome);
      inputs(json, outcome.inputs());
      outcome.training().ifPresent(training -> training(json, training));
      scenarios(json, outcome.scenarios());
      choices(json, outcome.localChoices());
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void figures(JsonGenerator json, Figures figures) {
    FootprintJson.quantity(json, "noticed", figures.noticed());
    FootprintJson.quantity(json, "searched", figures.searched());
    FootprintJson.quantity(json, "adopters", figures.adopters());
    FootprintJson.quantity(json, "newUsers", figures.newUsers());
    FootprintJson.quantity(json, "outputs", figures.outputs());
    FootprintJson.quantity(json, "refused", figures.refused());
    json.writeName("footprint");
    FootprintJson.write(json, figures.footprint(), List.of());
    json.writeObjectPropertyStart("counted");
    FootprintJson.quantity(json, "outputs", figures.countedOutputs());
    json.writeName("footprint");
    FootprintJson.write(json, figures.counted(), List.of());
    json.writeEndObject();
  }

  private static void groups(JsonGenerator json, String name, List<Group> groups) {
    json.writeArrayPropertyStart(name);
    for (Group group : groups) {
      json.writeStartObject();
      json.writeStringProperty("id", group.id());
      json.writeStringProperty("name", group.name());
      if (group.adopters() > 0) {
        json.writeNumberProperty("adopters", group.adopters());
      }
      json.writeNumberProperty("outputs", group.outputs());
      FootprintJson.quantity(json, "energyKwh", group.footprint().energyKwh());
      FootprintJson.quantity(json, "carbonKg", group.footprint().carbonKg());
      FootprintJson.quantity(json, "waterL", group.footprint().waterL());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void hour(JsonGenerator json, Hour hour) {
    json.writeStartObject();
    json.writeStringProperty("at", hour.at().toString());
    series(json, "noticed", hour.noticed());
    series(json, "searched", hour.searched());
    series(json, "adopted", hour.adopted());
    series(json, "newUsers", hour.newUsers());
    series(json, "active", hour.active());
    series(json, "outputs", hour.outputs());
    series(json, "refused", hour.refused());
    series(json, "energyKwh", hour.energyKwh());
    series(json, "carbonKg", hour.carbonKg());
    series(json, "waterL", hour.waterL());
    json.writeEndObject();
  }

  /** A plain number where there is no interval. */
  private static void series(JsonGenerator json, String name, Quantity quantity) {
    if (quantity.low() == quantity.high()) {
      json.writeNumberProperty(name, quantity.median());
    } else {
      FootprintJson.quantity(json, name, quantity);
    }
  }

  private static void references(JsonGenerator json, StudyOutcome outcome) {
    json.writeArrayPropertyStart("references");
    for (Study.Reference reference : outcome.study().references()) {
      json.writeStartObject();
      json.writeStringProperty("id", reference.id());
      json.writeStringProperty("source", reference.source());
      Footprint counted = outcome.figures().counted();
      beside(json, "energyMwh", "ourShareBelowEnergy", reference.energyMwh(), counted, 1e3);
      beside(json, "carbonT", "ourShareBelowCarbon", reference.carbonT(), counted, 1e3);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void beside(
      JsonGenerator json,
      String name,
      String shareName,
      OptionalDouble published,
      Footprint ours,
      double perUnit) {
    if (published.isEmpty()) {
      return;
    }
    Impact impact = name.equals("energyMwh") ? Impact.ENERGY_KWH : Impact.CARBON_KG;
    double value = published.getAsDouble();
    double[] draws = ours.draws(impact);
    json.writeNumberProperty(name, value);
    json.writeNumberProperty(
        shareName,
        (double) Arrays.stream(draws).filter(draw -> draw / perUnit < value).count()
            / draws.length);
    json.writeNumberProperty(
        "timesOurs" + (impact == Impact.ENERGY_KWH ? "Energy" : "Carbon"),
        value * perUnit / ours.median(impact));
  }

  private static void inputs(JsonGenerator json, List<StudyOutcome.Input> inputs) {
    json.writeArrayPropertyStart("inputs");
    for (StudyOutcome.Input input : inputs) {
      json.writeStartObject();
      json.writeStringProperty("input", input.pointer());
      json.writeNumberProperty("low", input.low());
      json.writeNumberProperty("median", input.median());
      json.writeNumberProperty("high", input.high());
      json.writeStringProperty("source", input.source());
      json.writeNumberProperty("rankCorrelation", input.rankCorrelation());
      json.writeNumberProperty("carbonKgIfLow", input.carbonKgIfLow());
      json.writeNumberProperty("carbonKgIfHigh", input.carbonKgIfHigh());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void training(JsonGenerator json, StudyOutcome.TrainingOutcome training) {
    json.writeObjectPropertyStart("training");
    json.writeName("footprint");
    FootprintJson.write(json, training.footprint(), List.of());
    json.writeNumberProperty("overtakenShare", training.overtakenShare());
    training.hours().ifPresent(hours -> FootprintJson.quantity(json, "overtakenAfterHours", hours));
    json.writeArrayPropertyStart("overtakenShareByHour");
    training.overtakenShareByHour().forEach(json::writeNumber);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void scenarios(JsonGenerator json, List<StudyOutcome.ScenarioOutcome> scenarios) {
    json.writeArrayPropertyStart("scenarios");
    for (StudyOutcome.ScenarioOutcome scenario : scenarios) {
      json.writeStartObject();
      json.writeStringProperty("id", scenario.id());
      json.writeStringProperty("title", scenario.title());
      scenario
          .moves()
          .ifPresent(move -> {
            json.writeObjectPropertyStart("moves");
            json.writeStringProperty("to", move.to());
            json.writeNumberProperty("share", move.share());
            json.writeEndObject();
          });
      figures(json, scenario.figures());
      series(json, "localShare", scenario.localShare());
      FootprintJson.quantity(json, "avoidedEnergyKwh", scenario.avoidedEnergyKwh());
      FootprintJson.quantity(json, "avoidedCarbonKg", scenario.avoidedCarbonKg());
      FootprintJson.quantity(json, "avoidedByCostKg", scenario.avoidedByCostKg());
      FootprintJson.quantity(json, "avoidedByNumberKg", scenario.avoidedByNumberKg());
      FootprintJson.quantity(json, "carbonKgOfAsMany", scenario.asManyKg());
      FootprintJson.quantity(json, "avoidedWaterL", scenario.avoidedWaterL());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void choices(JsonGenerator json, List<LocalChoice> choices) {
    json.writeArrayPropertyStart("whoShouldRunWhere");
    for (LocalChoice choice : choices) {
      json.writeStartObject();
      json.writeStringProperty("device", choice.device());
      json.writeStringProperty("deviceModel", choice.deviceModel());
      json.writeStringProperty("service", choice.service());
      json.writeStringProperty("serviceModel", choice.serviceModel());
      FootprintJson.quantity(json, "deviceKwh", choice.deviceKwh());
      FootprintJson.quantity(json, "energyRatio", choice.energyRatio());
      json.writeNumberProperty("standbyShare", choice.standbyShare());
      FootprintJson.quantity(json, "embodiedKg", choice.embodiedKg());
      FootprintJson.quantity(json, "serviceKgPerKwh", choice.serviceKgPerKwh());
      FootprintJson.quantity(json, "serviceKg", choice.serviceKg());
      FootprintJson.quantity(json, "breakEvenKgPerKwh", choice.breakEvenKgPerKwh());
      json.writeArrayPropertyStart("countries");
      choice.countries().forEach(country -> inCountry(json, country));
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void inCountry(JsonGenerator json, LocalChoice.InCountry country) {
    json.writeStartObject();
    json.writeStringProperty("id", country.id());
    json.writeStringProperty("name", country.name());
    json.writeNumberProperty("outputs", country.outputs());
    FootprintJson.quantity(json, "gridKgPerKwh", country.gridKgPerKwh());
    FootprintJson.quantity(json, "localKg", country.localKg());
    json.writeNumberProperty("lawHolds", country.lawHolds());
    json.writeNumberProperty("localWins", country.localWins());
    FootprintJson.quantity(json, "avoidedKgIfMoved", country.avoidedKgIfMoved());
    json.writeEndObject();
  }
}
