package io.gtrace.report;

import io.gtrace.ecologits.RequestImpacts;
import io.gtrace.ecologits.ValueRange;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Impacts by the EcoLogits method in the JSON shape of a footprint. The ends of a range take the
 * place of the interval, its middle that of the median; the method knows no probability, so {@code
 * interval} is null.
 */
public final class EcoLogitsJson {
  /** What stands for a factor set: the release whose assumptions were used. */
  public static final String FACTOR_SET = "ecologits:0.11.2";

  private EcoLogitsJson() {}

  /** One JSON object. */
  public static String of(RequestImpacts impacts) {
    return of(json -> {}, impacts);
  }

  /**
   * The same object, told first what was priced.
   *
   * @param about writes properties of other names
   */
  public static String of(Consumer<JsonGenerator> about, RequestImpacts impacts) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      about.accept(json);
      range(json, "energyKwh", impacts.energyKwh());
      range(json, "carbonKg", impacts.gwpKg());
      json.writeObjectPropertyStart("carbon");
      range(json, "operationalLocationBasedKg", impacts.usageGwpKg());
      json.writeNullProperty("operationalMarketBasedKg");
      json.writeNullProperty("marginalKg");
      range(json, "embodiedKg", impacts.embodiedGwpKg());
      json.writeEndObject();
      range(json, "waterL", impacts.waterL());
      range(json, "adpeKgSbEq", impacts.adpeKgSbEq());
      range(json, "primaryEnergyMj", impacts.primaryEnergyMj());
      json.writeNullProperty("interval");
      json.writeStringProperty("method", "ecologits");
      json.writeStringProperty("factorSet", FACTOR_SET);
      json.writeArrayPropertyStart("trace");
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void range(JsonGenerator json, String name, ValueRange range) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("median", range.middle());
    json.writeNumberProperty("low", range.low());
    json.writeNumberProperty("high", range.high());
    json.writeEndObject();
  }
}
