package io.gtrace.ledger.format;

import io.gtrace.ledger.format.FieldValues.Fault;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the wanted fields of JSON objects. What is not wanted is passed over and never becomes
 * text. Lists of {@code {"key": ..., "value": ...}}, as OpenTelemetry and MLflow write attributes,
 * are read as the fields that they mean; of other lists the entries are fields 0, 1 and so on. A
 * text that holds JSON is read as such where fields below it are wanted.
 */
final class FieldReader {
  private static final String KEY = "key";
  private static final String VALUE = "value";

  /** How OpenTelemetry names the type of a value, as in {@code {"intValue": "5"}}. */
  private static final String TYPED_VALUE = "Value";

  private static final int MOST_LIST_TEXT = 1 << 14;

  private final JsonFactory json;

  FieldReader(JsonFactory json) {
    this.json = json;
  }

  /** Reads the value at which the parser stands, to its end. */
  void value(JsonParser parser, FieldNode node, FieldValues fields) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      boolean list = token == JsonToken.START_ARRAY;
      if (node.hasSlot()) {
        fields.fault(node.slot(), new Fault(false, list ? "a list" : "an object"));
      }
      if (list && node.isListWanted()) {
        fields.put(node.listSlot(), asText(parser));
      } else if (!node.hasChildren()) {
        parser.skipChildren();
      } else if (list) {
        list(parser, node, fields);
      } else {
        object(parser, node, fields);
      }
    } else if (token != JsonToken.VALUE_NULL) {
      scalar(parser, node, fields);
    }
  }

  /** The plain values of a list: those of one entry with blanks between, entries with commas. */
  private static String asText(JsonParser parser) {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
        text.append(',');
      } else if (token.isScalarValue() && text.length() < MOST_LIST_TEXT) {
        text.append(' ').append(parser.getString());
      }
    }
    return text.toString();
  }

  private void scalar(JsonParser parser, FieldNode node, FieldValues fields) {
    if (node.hasSlot()) {
      fields.put(node.slot(), parser.getString());
    }
    if (node.hasChildren() && parser.currentToken() == JsonToken.VALUE_STRING) {
      embedded(parser.getString(), node, fields);
    }
  }

  /** Reads a text that may hold JSON. */
  void embedded(String text, FieldNode node, FieldValues fields) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return;
    }
    FieldValues found = new FieldValues(fields.slotCount(), fields.line());
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      value(parser, node, found);
    } catch (JacksonException notJson) {
      // Then it is a text like any other, and has no fields.
      return;
    }
    fields.inherit(found);
  }

  private void object(JsonParser parser, FieldNode node, FieldValues fields) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      field(parser, node, name, fields);
    }
  }

  /** Reads the field of which the name has been read. */
  void field(JsonParser parser, FieldNode node, String name, FieldValues fields) {
    FieldNode child = node.child(name);
    JsonToken token = parser.nextToken();
    if (child != null) {
      value(parser, child, fields);
    } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      parser.skipChildren();
    }
  }

  private void list(JsonParser parser, FieldNode node, FieldValues fields) {
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        entry(parser, node, index, fields);
      } else {
        FieldNode child = node.child(Integer.toString(index));
        if (child != null) {
          value(parser, child, fields);
        } else {
          parser.skipChildren();
        }
      }
      index++;
    }
  }

  private void entry(JsonParser parser, FieldNode node, int index, FieldValues fields) {
    String name = parser.nextName();
    if (KEY.equals(name) && parser.nextToken() == JsonToken.VALUE_STRING) {
      attribute(parser, node, parser.getString(), fields);
      return;
    }
    FieldNode child = node.child(Integer.toString(index));
    if (KEY.equals(name)) {
      // No attribute: its key is no text.
      parser.skipChildren();
      name = parser.nextName();
    }
    for (; name != null; name = parser.nextName()) {
      if (child == null) {
        parser.nextToken();
        parser.skipChildren();
      } else {
        field(parser, child, name, fields);
      }
    }
  }

  /** Reads the rest of an attribute of which the key has been read. */
  private void attribute(JsonParser parser, FieldNode list, String key, FieldValues fields) {
    FieldNode node = list.child(key);
    boolean gathered = list.isOneOfAll(key);
    boolean otherwiseUnwanted = node == null || (!node.hasSlot() && !node.hasChildren());
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (name.equals(VALUE) && gathered && otherwiseUnwanted) {
        fields.gather(
            list.allSlot(), key, token.isStructStart() ? asText(parser) : parser.getString());
      } else if (node == null || !name.equals(VALUE)) {
        parser.skipChildren();
      } else if (token == JsonToken.START_OBJECT) {
        typed(parser, node, fields);
      } else {
        value(parser, node, fields);
      }
    }
    if (gathered && node != null && node.hasSlot()) {
      String text = fields.text(node.slot());
      fields.gather(list.allSlot(), key, text == null ? "" : text);
    }
  }

  private void typed(JsonParser parser, FieldNode node, FieldValues fields) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      if (name.endsWith(TYPED_VALUE)) {
        parser.nextToken();
        value(parser, node, fields);
      } else {
        field(parser, node, name, fields);
      }
    }
  }
}
