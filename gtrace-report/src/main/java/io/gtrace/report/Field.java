package io.gtrace.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/**
 * What programs are told of an entry of a list under one name, the same in files and over HTTP.
 *
 * @param name of it
 * @param value a text, a number, a truth value, or an {@link OptionalDouble}
 */
public record Field<T>(String name, Function<T, Object> value) {
  static <T> Field<T> of(String name, Function<T, Object> value) {
    return new Field<>(name, value);
  }

  /** Writes an entry as an object. */
  public static <T> void write(JsonGenerator json, List<Field<T>> fields, T entry) {
    json.writeStartObject();
    for (Field<T> field : fields) {
      json.writeName(field.name());
      writeValue(json, field.value().apply(entry));
    }
    json.writeEndObject();
  }

  /** Writes a value as it is: numbers as numbers, what is not known as null, others as texts. */
  public static void writeValue(JsonGenerator json, Object value) {
    if (value instanceof OptionalDouble number) {
      if (number.isPresent()) {
        json.writeNumber(number.getAsDouble());
      } else {
        json.writeNull();
      }
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(value.toString());
    }
  }
}
