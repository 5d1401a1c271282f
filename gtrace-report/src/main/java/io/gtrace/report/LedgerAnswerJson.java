package io.gtrace.report;

import io.gtrace.ledger.query.QueryLine;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Answers of a ledger as JSON, the same on the command line and over HTTP. */
public final class LedgerAnswerJson {
  private LedgerAnswerJson() {}

  /**
   * Writes an answer into an object that is open.
   *
   * @param names of the dimensions along which it is split
   * @param total of all
   * @param lines one for each combination of keys; none where nothing is split
   */
  public static void write(
      JsonGenerator json, List<String> names, QueryLine total, List<QueryLine> lines) {
    json.writeArrayPropertyStart("by");
    names.forEach(json::writeString);
    json.writeEndArray();
    json.writeName("total");
    json.writeRawValue(line(List.of(), total));
    json.writeArrayPropertyStart("lines");
    lines.forEach(line -> json.writeRawValue(line(names, line)));
    json.writeEndArray();
  }

  private static String line(List<String> names, QueryLine line) {
    return FootprintJson.of(
        json -> {
          for (int i = 0; i < names.size(); i++) {
            json.writeStringProperty(names.get(i), line.keys().get(i));
          }
          json.writeNumberProperty("activities", line.activities());
          json.writeNumberProperty("requests", line.requests());
          json.writeNumberProperty("tokens", line.tokens());
        },
        line.footprint(),
        List.of());
  }
}
