package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.VarianceShare;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Trace;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The JSON shape of a footprint, the same in files, answers and events. */
public final class FootprintJson {
  private FootprintJson() {}

  /** A footprint and the derivations of its figures as one JSON object. */
  public static String of(Footprint footprint, List<Trace> trace) {
    return of(json -> {}, footprint, trace);
  }

  /**
   * The same object, told first what it is the footprint of.
   *
   * @param about writes properties of other names than a footprint has
   */
  public static String of(Consumer<JsonGenerator> about, Footprint footprint, List<Trace> trace) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, about, footprint, trace);
    }
    return text.toString();
  }

  /** Writes the same object to a generator. */
  public static void write(JsonGenerator json, Footprint footprint, List<Trace> trace) {
    write(json, nothing -> {}, footprint, trace);
  }

  /**
   * Writes the same object to a generator, told first what it is the footprint of.
   *
   * @param about writes properties of other names than a footprint has
   */
  public static void write(
      JsonGenerator json, Consumer<JsonGenerator> about, Footprint footprint, List<Trace> trace) {
    json.writeStartObject();
    about.accept(json);
    Map<Impact, Quantity> figures = footprint.quantities();
    figure(json, "energyKwh", figures.get(Impact.ENERGY_KWH));
    figure(json, "carbonKg", figures.get(Impact.CARBON_KG));
    json.writeObjectPropertyStart("carbon");
    figure(json, "operationalLocationBasedKg", figures.get(Impact.OPERATIONAL_LOCATION_BASED_KG));
    figure(json, "operationalMarketBasedKg", figures.get(Impact.OPERATIONAL_MARKET_BASED_KG));
    figure(json, "marginalKg", figures.get(Impact.MARGINAL_KG));
    figure(json, "embodiedKg", figures.get(Impact.EMBODIED_KG));
    json.writeEndObject();
    figure(json, "waterL", figures.get(Impact.WATER_L));
    json.writeObjectPropertyStart("water");
    figure(json, "onSiteL", figures.get(Impact.WATER_ON_SITE_L));
    figure(json, "electricityL", figures.get(Impact.WATER_ELECTRICITY_L));
    json.writeEndObject();
    json.writeNumberProperty("interval", Quantity.INTERVAL);
    json.writeStringProperty("method", "gtrace");
    json.writeStringProperty("factorSet", footprint.factorSet());
    json.writeArrayPropertyStart("trace");
    trace.forEach(node -> node(json, node));
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Writes what makes the interval of carbon wide, as the property {@code varianceShares}: each
   * factor's share and the interval that would be left if it were known.
   */
  public static void varianceShares(JsonGenerator json, List<VarianceShare> shares) {
    json.writeArrayPropertyStart("varianceShares");
    for (VarianceShare each : shares) {
      json.writeStartObject();
      json.writeStringProperty("factor", each.factor());
      json.writeStringProperty("meaning", each.meaning());
      json.writeNumberProperty("share", each.share());
      quantity(json, "carbonKgIfKnown", each.known());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The name of an impact in JSON, as in {@code operationalMarketBasedKg}. */
  static String name(Impact impact) {
    return Pattern.compile("_(.)")
        .matcher(impact.name().toLowerCase(Locale.ROOT))
        .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
  }

  private static void figure(JsonGenerator json, String name, @Nullable Quantity figure) {
    if (figure == null) {
      json.writeNullProperty(name);
    } else {
      quantity(json, name, figure);
    }
  }

  /** Writes a figure and its interval as a property: {@code median}, {@code low}, {@code high}. */
  public static void quantity(JsonGenerator json, String name, Quantity quantity) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("median", quantity.median());
    json.writeNumberProperty("low", quantity.low());
    json.writeNumberProperty("high", quantity.high());
    json.writeEndObject();
  }

  private static void node(JsonGenerator json, Trace node) {
    json.writeStartObject();
    json.writeStringProperty("name", node.name());
    json.writeStringProperty("formula", node.formula());
    json.writeNumberProperty("value", node.value());
    bound(json, "low", node.low());
    bound(json, "high", node.high());
    json.writeStringProperty("unit", node.unit());
    if (node.provenance().isPresent()) {
      Provenance provenance = node.provenance().get();
      json.writeStringProperty("tier", provenance.tier().label());
      json.writeStringProperty("source", provenance.source());
      json.writeNumberProperty("year", provenance.year());
      json.writeStringProperty("licence", provenance.licence());
    }
    json.writeArrayPropertyStart("notes");
    node.notes().forEach(json::writeString);
    json.writeEndArray();
    json.writeArrayPropertyStart("parts");
    node.parts().forEach(part -> node(json, part));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void bound(JsonGenerator json, String name, OptionalDouble value) {
    if (value.isPresent()) {
      json.writeNumberProperty(name, value.getAsDouble());
    }
  }
}
