package io.gtrace.report;

import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.SealedFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** What is in a ledger, as JSON, the same on the command line and over HTTP. */
public final class LedgerStatusJson {
  private LedgerStatusJson() {}

  /** Writes the properties of an object that is open. */
  public static void write(JsonGenerator json, Ledger.Snapshot snapshot, LedgerQuery query) {
    json.writeNumberProperty("events", snapshot.events());
    json.writeNumberProperty("batches", snapshot.head().batch());
    json.writeStringProperty("head", snapshot.head().seal());
    json.writeNumberProperty("bytes", bytes(snapshot));
    json.writeNumberProperty("refused", snapshot.refused());
    json.writeNumberProperty("duplicates", snapshot.duplicates());
    Period period = query.period();
    moment(json, "from", period.from());
    moment(json, "to", period.to());
    json.writeArrayPropertyStart("factorSets");
    snapshot.factorSets().forEach(json::writeString);
    json.writeEndArray();
    json.writeObjectPropertyStart("unknownModels");
    query.unknownModels().forEach(json::writeNumberProperty);
    json.writeEndObject();
    json.writeName("total");
    FootprintJson.write(json, query.total(Period.ALL).footprint(), List.of());
  }

  private static void moment(JsonGenerator json, String name, Optional<Instant> moment) {
    if (moment.isPresent()) {
      json.writeStringProperty(name, moment.get().toString());
    } else {
      json.writeNullProperty(name);
    }
  }

  /** The size of all files. */
  public static long bytes(Ledger.Snapshot snapshot) {
    return snapshot.live().values().stream().mapToLong(SealedFile::bytes).sum();
  }
}
