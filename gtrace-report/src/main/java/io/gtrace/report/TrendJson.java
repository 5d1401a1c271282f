package io.gtrace.report;

import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.trend.FittedAnchor;
import io.gtrace.ledger.trend.FittedSignal;
import io.gtrace.ledger.trend.RegionalInterest;
import io.gtrace.ledger.trend.TrendAccount;
import io.gtrace.ledger.trend.TrendEstimate;
import io.gtrace.ledger.trend.TrendFindings;
import io.gtrace.ledger.trend.TrendFindings.Pace;
import io.gtrace.uncertainty.Scatter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A trend as one JSON object. */
public final class TrendJson {
  private final JsonGenerator json;
  private final TrendAccount account;
  private final TrendEstimate estimate;

  private TrendJson(JsonGenerator json, TrendAccount account) {
    this.json = json;
    this.account = account;
    estimate = account.estimate();
  }

  public static String of(TrendAccount account) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      new TrendJson(json, account).write();
    }
    return text.toString();
  }

  private void write() {
    json.writeStartObject();
    json.writeStringProperty("unit", estimate.unit());
    json.writeBooleanProperty("absolute", estimate.isAbsolute());
    json.writeStringProperty("step", estimate.grid().step().label());
    FootprintJson.quantity(json, "total", estimate.total());
    findings(estimate.findings());
    series();
    signals();
    anchors();
    regions();
    account
        .footprint()
        .ifPresent(each -> {
          FootprintJson.quantity(json, "outputs", each.outputs());
          json.writeStringProperty("model", each.model());
          json.writeStringProperty("site", each.site());
          json.writeName("footprint");
          FootprintJson.write(json, each.footprint(), List.of());
        });
    json.writeNumberProperty("interval", Quantity.INTERVAL);
    json.writeArrayPropertyStart("notes");
    account.notes().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void findings(TrendFindings findings) {
    json.writeObjectPropertyStart("peak");
    json.writeStringProperty("start", findings.peak().at().toString());
    FootprintJson.quantity(json, "volume", findings.peak().volume());
    json.writeNumberProperty("probability", findings.peak().probability());
    json.writeStringProperty("earliest", findings.peak().earliest().toString());
    json.writeStringProperty("latest", findings.peak().latest().toString());
    json.writeEndObject();
    pace("growth", "doublingDays", findings.growth());
    pace("decay", "halfLifeDays", findings.decay());
  }

  private void pace(String name, String daysName, Optional<Pace> pace) {
    if (pace.isEmpty()) {
      json.writeNullProperty(name);
      return;
    }
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("from", pace.get().from().toString());
    json.writeStringProperty("until", pace.get().until().toString());
    FootprintJson.quantity(json, "changePerDay", pace.get().changePerDay());
    Quantity days = pace.get().days();
    json.writeObjectPropertyStart(daysName);
    json.writeNumberProperty("median", days.median());
    json.writeNumberProperty("low", days.low());
    if (Double.isFinite(days.high())) {
      json.writeNumberProperty("high", days.high());
    } else {
      json.writeNullProperty("high");
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void series() {
    json.writeArrayPropertyStart("series");
    for (int c = 0; c < estimate.grid().cells(); c++) {
      Quantity volume = estimate.volume(c);
      json.writeStartObject();
      json.writeStringProperty("start", estimate.grid().start(c).toString());
      json.writeNumberProperty("median", volume.median());
      json.writeNumberProperty("low", volume.low());
      json.writeNumberProperty("high", volume.high());
      json.writeStringProperty("coverage", estimate.coverage().get(c).label());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void signals() {
    json.writeArrayPropertyStart("signals");
    for (FittedSignal each : estimate.signals()) {
      json.writeStartObject();
      json.writeStringProperty("name", each.signal().name());
      json.writeStringProperty("kind", each.signal().kind().label());
      json.writeStringProperty("granularity", each.signal().granularity().label());
      json.writeStringProperty("source", each.signal().source());
      json.writeNumberProperty("periods", each.signal().observations().size());
      json.writeBooleanProperty("isVolume", each.isVolume());
      json.writeNumberProperty("noiseLogSd", each.noise());
      json.writeNumberProperty("driftLogSd", each.drift());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void anchors() {
    json.writeArrayPropertyStart("anchors");
    for (FittedAnchor each : estimate.anchors()) {
      Scatter amount = each.anchor().amount();
      json.writeStartObject();
      json.writeStringProperty("from", each.anchor().from().toString());
      json.writeStringProperty("until", each.anchor().until().toString());
      FootprintJson.quantity(
          json, "stated", new Quantity(amount.median(), amount.low(), amount.high()));
      FootprintJson.quantity(json, "estimated", each.estimated());
      json.writeStringProperty("source", each.anchor().source());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void regions() {
    json.writeArrayPropertyStart("regionalInterest");
    for (RegionalInterest each : account.regional()) {
      json.writeStartObject();
      json.writeStringProperty("name", each.name());
      json.writeArrayPropertyStart("regions");
      for (RegionalInterest.Region region : each.regions()) {
        json.writeStartObject();
        json.writeStringProperty("name", region.name());
        json.writeNumberProperty("index", region.index().value());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
