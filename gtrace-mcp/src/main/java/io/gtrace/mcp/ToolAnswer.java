package io.gtrace.mcp;

import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a tool answers.
 *
 * @param text for people, and for models that read no JSON
 * @param json the same figures as one JSON object
 */
record ToolAnswer(String text, String json) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * @param fields writes the properties of the object
   */
  static ToolAnswer of(String text, Consumer<JsonGenerator> fields) {
    StringWriter object = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), object)) {
      json.writeStartObject();
      fields.accept(json);
      json.writeEndObject();
    }
    return new ToolAnswer(text, object.toString());
  }
}
