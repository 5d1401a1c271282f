package io.gtrace.report;

import io.gtrace.footprint.Quantity;
import io.gtrace.sci.SciScore;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A Software Carbon Intensity as JSON, with the footprint of all its units. */
public final class SciJson {
  private SciJson() {}

  /** One JSON object. */
  public static String of(SciScore score) {
    return of(json -> {}, score);
  }

  /**
   * The same object, told first what was priced.
   *
   * @param about writes properties of other names
   */
  public static String of(Consumer<JsonGenerator> about, SciScore score) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      about.accept(json);
      json.writeStringProperty("method", "sci");
      json.writeStringProperty("boundary", score.unit().boundary().label());
      json.writeStringProperty("functionalUnit", score.unit().label());
      json.writeNumberProperty("units", score.units());
      FootprintJson.quantity(json, "sciKgPerUnit", score.kgPerUnit());
      FootprintJson.quantity(json, "operationalKgPerUnit", score.operationalKgPerUnit());
      FootprintJson.quantity(json, "embodiedKgPerUnit", score.embodiedKgPerUnit());
      FootprintJson.quantity(json, "energyKwh", score.footprint().energyKwh());
      FootprintJson.quantity(json, "carbonKg", score.footprint().carbonKg());
      json.writeNumberProperty("interval", Quantity.INTERVAL);
      json.writeStringProperty("factorSet", score.footprint().factorSet());
      json.writeEndObject();
    }
    return text.toString();
  }
}
