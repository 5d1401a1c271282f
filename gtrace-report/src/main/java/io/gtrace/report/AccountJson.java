package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Account.Place;
import io.gtrace.ledger.Dimension;
import io.gtrace.trace.Provenance;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An account as one JSON object. */
final class AccountJson {
  private AccountJson() {}

  static String of(AccountFindings findings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, findings);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, AccountFindings findings) {
    Account account = findings.account();
    json.writeStartObject();
    json.writeStringProperty("title", account.title());
    json.writeStringProperty("generatedAt", findings.context().generatedAt().toString());
    moment(json, "first", account.first());
    moment(json, "last", account.last());
    json.writeNumberProperty("refused", account.refused());
    json.writeStringProperty("factorSet", account.total().footprint().factorSet());
    json.writeName("total");
    line(json, account.total());
    json.writeObjectPropertyStart("knownParts");
    new TreeMap<>(account.knownParts())
        .forEach((impact, part) -> knownPart(json, impact, part, account.total().footprint()));
    json.writeEndObject();
    json.writeObjectPropertyStart("lines");
    for (Dimension dimension : Dimension.values()) {
      json.writeArrayPropertyStart(dimension.label());
      account.by(dimension).forEach(line -> line(json, line));
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeObjectPropertyStart("places");
    new TreeMap<>(account.places()).forEach((site, place) -> place(json, site, place));
    json.writeEndObject();
    json.writeArrayPropertyStart("levers");
    findings.levers().forEach(lever -> lever(json, lever));
    json.writeEndArray();
    json.writeArrayPropertyStart("equivalents");
    for (Equivalent equivalent : Equivalent.values()) {
      equivalent(json, equivalent, equivalent.countIn(account.total().footprint()));
    }
    json.writeEndArray();
    strings(json, "notes", findings.notes());
    json.writeArrayPropertyStart("sources");
    findings.context().sources().forEach(source -> source(json, source));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void moment(JsonGenerator json, String name, Optional<Instant> moment) {
    if (moment.isPresent()) {
      json.writeStringProperty(name, moment.get().toString());
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void line(JsonGenerator json, Line line) {
    json.writeStartObject();
    json.writeStringProperty("key", line.key());
    json.writeNumberProperty("activities", line.activities());
    json.writeNumberProperty("tokens", line.tokens());
    json.writeName("footprint");
    FootprintJson.write(json, line.footprint(), List.of());
    json.writeEndObject();
  }

  private static void knownPart(
      JsonGenerator json, Impact impact, Footprint part, Footprint total) {
    json.writeObjectPropertyStart(FootprintJson.name(impact));
    part.quantity(impact).ifPresent(known -> FootprintJson.quantity(json, "known", known));
    json.writeNumberProperty("shareOfEnergy", Words.energyShare(part, total));
    json.writeEndObject();
  }

  private static void place(JsonGenerator json, String site, Place place) {
    json.writeObjectPropertyStart(site);
    json.writeStringProperty("name", place.name());
    json.writeStringProperty("zone", place.zone());
    if (place.position().isPresent()) {
      json.writeNumberProperty("latitude", place.position().get().latitude());
      json.writeNumberProperty("longitude", place.position().get().longitude());
    }
    json.writeEndObject();
  }

  private static void lever(JsonGenerator json, Lever lever) {
    json.writeStartObject();
    json.writeStringProperty("action", lever.action());
    FootprintJson.quantity(json, "savedCarbonKg", lever.savedCarbonKg());
    json.writeStringProperty("basis", lever.basis());
    json.writeEndObject();
  }

  private static void equivalent(JsonGenerator json, Equivalent equivalent, Quantity count) {
    json.writeStartObject();
    json.writeStringProperty("things", equivalent.things());
    FootprintJson.quantity(json, "count", count);
    json.writeNumberProperty("perThing", equivalent.perThing());
    json.writeStringProperty("unit", equivalent.unit());
    json.writeStringProperty("source", equivalent.source());
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  private static void source(JsonGenerator json, Provenance source) {
    json.writeStartObject();
    json.writeStringProperty("tier", source.tier().label());
    json.writeStringProperty("source", source.source());
    json.writeNumberProperty("year", source.year());
    json.writeStringProperty("licence", source.licence());
    json.writeEndObject();
  }
}
