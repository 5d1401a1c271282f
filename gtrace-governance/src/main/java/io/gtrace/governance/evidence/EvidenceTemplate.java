package io.gtrace.governance.evidence;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What somebody needs who wants to hand in evidence of a kind: an empty table and a schema. */
public final class EvidenceTemplate {
  private EvidenceTemplate() {}

  /**
   * An empty CSV file: what each column holds, as comments, and the header; this is a comment too
   * where a table without rows would say something.
   */
  public static String csv(EvidenceKind kind) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + kind.title() + "; indicators " + String.join(", ", kind.indicators()));
    lines.add(
        "# Worth " + kind.grade() + " (" + kind.grade().meaning() + ") unless a row says less.");
    for (EvidenceColumn column : kind.columns()) {
      lines.add("# " + column.name() + ": " + column.meaning() + remark(column));
    }
    String header =
        kind.columns().stream().map(EvidenceColumn::name).collect(Collectors.joining(","));
    if (kind.emptyMeansNone()) {
      // An untouched template must not say that there was nothing.
      lines.add("# Take the # off the header: without rows below, it says that there were none.");
      lines.add("#" + header);
    } else {
      lines.add(header);
    }
    return String.join("\n", lines) + "\n";
  }

  private static String remark(EvidenceColumn column) {
    String words = column.words().isEmpty() ? "" : " (" + String.join(", ", column.words()) + ")";
    return words + (column.required() ? "; must be there" : "");
  }

  /** A JSON Schema (draft 2020-12) of the same table as a list of rows, for YAML and JSON. */
  public static String schema(EvidenceKind kind) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
      json.writeStringProperty("title", kind.title());
      json.writeStringProperty("type", "array");
      json.writeObjectPropertyStart("items");
      json.writeStringProperty("type", "object");
      json.writeBooleanProperty("additionalProperties", false);
      json.writeArrayPropertyStart("required");
      kind.columns().stream()
          .filter(EvidenceColumn::required)
          .forEach(column -> json.writeString(column.name()));
      json.writeEndArray();
      json.writeObjectPropertyStart("properties");
      kind.columns().forEach(column -> property(json, column));
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    }
    return text + "\n";
  }

  private static void property(JsonGenerator json, EvidenceColumn column) {
    json.writeObjectPropertyStart(column.name());
    json.writeStringProperty("description", column.meaning());
    switch (column.type()) {
      case NUMBER -> json.writeStringProperty("type", "number");
      case FLAG -> json.writeStringProperty("type", "boolean");
      case DAY -> {
        json.writeStringProperty("type", "string");
        json.writeStringProperty("format", "date");
      }
      default -> json.writeStringProperty("type", "string");
    }
    column.min().ifPresent(bound -> json.writeNumberProperty("minimum", bound));
    column.max().ifPresent(bound -> json.writeNumberProperty("maximum", bound));
    if (!column.words().isEmpty()) {
      json.writeArrayPropertyStart("enum");
      column.words().forEach(json::writeString);
      if (column.name().equals(EvidenceKind.GRADE)) {
        column.words().forEach(word -> json.writeString(word.toUpperCase(Locale.ROOT)));
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
