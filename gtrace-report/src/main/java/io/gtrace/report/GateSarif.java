package io.gtrace.report;

import io.gtrace.governance.gate.GateCheck;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Checks of a gate as SARIF 2.1.0 (OASIS), which code hosts show beside a change. */
public final class GateSarif {
  private GateSarif() {}

  /**
   * @param place what the findings are shown at: a file of the change, or of the pipeline
   */
  public static String of(List<GateCheck> checks, String place, String version) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
      json.writeStringProperty("version", "2.1.0");
      json.writeArrayPropertyStart("runs");
      json.writeStartObject();
      tool(json, checks, version);
      json.writeArrayPropertyStart("results");
      checks.forEach(check -> result(json, check, place));
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    return text + "\n";
  }

  private static void tool(JsonGenerator json, List<GateCheck> checks, String version) {
    json.writeObjectPropertyStart("tool");
    json.writeObjectPropertyStart("driver");
    json.writeStringProperty("name", "G-TRACE");
    json.writeStringProperty("version", version);
    json.writeArrayPropertyStart("rules");
    for (GateCheck check : checks) {
      json.writeStartObject();
      json.writeStringProperty("id", check.id());
      message(json, "shortDescription", check.title());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void result(JsonGenerator json, GateCheck check, String place) {
    boolean pass = check.outcome() == GateCheck.Outcome.PASS;
    boolean fail = check.outcome() == GateCheck.Outcome.FAIL;
    json.writeStartObject();
    json.writeStringProperty("ruleId", check.id());
    json.writeStringProperty("kind", pass ? "pass" : "fail");
    json.writeStringProperty("level", pass ? "none" : fail ? "error" : "warning");
    message(json, "message", GateWords.line(check));
    json.writeArrayPropertyStart("locations");
    json.writeStartObject();
    json.writeObjectPropertyStart("physicalLocation");
    json.writeObjectPropertyStart("artifactLocation");
    json.writeStringProperty("uri", place);
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void message(JsonGenerator json, String name, String text) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("text", text);
    json.writeEndObject();
  }
}
