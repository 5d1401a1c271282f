package io.gtrace.report;

import io.gtrace.governance.evidence.Fault;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.Criterion;
import io.gtrace.governance.pyramid.IndicatorResult;
import io.gtrace.governance.pyramid.IndicatorResult.CriterionResult;
import io.gtrace.governance.pyramid.LevelResult;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An assessment as one JSON object. */
public final class AssessmentJson {
  private final JsonGenerator json;

  private AssessmentJson(JsonGenerator json) {
    this.json = json;
  }

  public static String of(Assessment assessment) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      new AssessmentJson(json).write(assessment);
    }
    return text.toString();
  }

  private void write(Assessment assessment) {
    json.writeStartObject();
    json.writeStringProperty("organisation", assessment.organisation());
    json.writeStringProperty("period", assessment.period().toString());
    json.writeStringProperty("pyramid", assessment.pyramid().version());
    assessment
        .footprint()
        .ifPresent(footprint -> {
          json.writeName("footprint");
          FootprintJson.write(json, footprint, List.of());
        });
    json.writeNumberProperty("reached", assessment.reached());
    json.writeNumberProperty("level", assessment.standing().level());
    json.writeBooleanProperty("onWatch", assessment.standing().onWatch());
    number("candidate", assessment.standing().candidate());
    json.writeStringProperty("seal", assessment.seal());
    texts("factorSets", assessment.factorSets());
    json.writeArrayPropertyStart("levels");
    assessment.levels().forEach(this::level);
    json.writeEndArray();
    json.writeArrayPropertyStart("next");
    assessment.lifts().forEach(each -> json.writeString(each.indicator().id()));
    json.writeEndArray();
    json.writeArrayPropertyStart("faults");
    assessment.faults().forEach(this::fault);
    json.writeEndArray();
    texts("departures", assessment.departures());
    texts("remarks", assessment.remarks());
    json.writeEndObject();
  }

  private void level(LevelResult result) {
    json.writeStartObject();
    json.writeNumberProperty("number", result.level().number());
    json.writeStringProperty("name", result.level().name());
    json.writeStringProperty("band", result.level().band().label());
    json.writeBooleanProperty("reached", result.reached());
    json.writeNumberProperty("passed", result.passed());
    json.writeNumberProperty("counted", result.counted());
    json.writeArrayPropertyStart("indicators");
    result.indicators().forEach(this::indicator);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void indicator(IndicatorResult result) {
    Optional<CriterionResult> first = result.results().stream().findFirst();
    Criterion criterion = result.indicator().criteria().get(0);
    json.writeStartObject();
    json.writeStringProperty("id", result.indicator().id());
    json.writeStringProperty("name", result.indicator().name());
    json.writeBooleanProperty("gate", result.indicator().isGate());
    json.writeStringProperty("verdict", result.verdict().name());
    estimate("value", first.map(CriterionResult::estimate));
    json.writeStringProperty("unit", criterion.unit());
    json.writeNumberProperty("threshold", criterion.threshold());
    json.writeStringProperty("comparison", criterion.test().sign());
    text("evidence", result.grade().map(Grade::name));
    texts("evidenceFrom", result.indicator().evidence());
    if (result.results().size() > 1) {
      json.writeArrayPropertyStart("criteria");
      result.results().forEach(this::criterion);
      json.writeEndArray();
    }
    texts("reasons", result.reasons());
    texts("loosened", result.loosened());
    texts("covers", result.indicator().covers());
    json.writeStringProperty("action", result.indicator().action());
    json.writeStringProperty("nextStep", result.nextStep());
    result
        .worthKg()
        .ifPresent(worth -> {
          json.writeObjectPropertyStart("worth");
          json.writeStringProperty("kind", result.indicator().kind().label());
          interval("carbonKg", worth);
          json.writeEndObject();
        });
    json.writeEndObject();
  }

  private void criterion(CriterionResult result) {
    json.writeStartObject();
    json.writeStringProperty("measure", result.criterion().measure());
    json.writeStringProperty("verdict", result.verdict().name());
    interval("value", result.estimate());
    json.writeStringProperty("unit", result.criterion().unit());
    json.writeStringProperty("comparison", result.criterion().test().sign());
    json.writeNumberProperty("threshold", result.criterion().threshold());
    json.writeEndObject();
  }

  private void estimate(String name, Optional<Estimate> estimate) {
    if (estimate.filter(each -> Double.isFinite(each.value())).isPresent()) {
      json.writeNumberProperty(name, estimate.get().value());
      json.writeNumberProperty("low", estimate.get().low());
      json.writeNumberProperty("high", estimate.get().high());
    } else {
      json.writeNullProperty(name);
    }
  }

  private void interval(String name, Estimate estimate) {
    if (!Double.isFinite(estimate.value())) {
      json.writeNullProperty(name);
      return;
    }
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("median", estimate.value());
    json.writeNumberProperty("low", estimate.low());
    json.writeNumberProperty("high", estimate.high());
    json.writeEndObject();
  }

  private void fault(Fault fault) {
    json.writeStartObject();
    json.writeStringProperty("evidence", fault.table());
    json.writeStringProperty("place", fault.place());
    json.writeStringProperty("remark", fault.remark());
    json.writeEndObject();
  }

  private void number(String name, Optional<Integer> value) {
    if (value.isPresent()) {
      json.writeNumberProperty(name, value.get());
    } else {
      json.writeNullProperty(name);
    }
  }

  private void text(String name, Optional<String> value) {
    if (value.isPresent()) {
      json.writeStringProperty(name, value.get());
    } else {
      json.writeNullProperty(name);
    }
  }

  private void texts(String name, List<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }
}
