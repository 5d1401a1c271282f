package io.gtrace.mcp;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What an agent gives a tool; its JSON Schema has been held against it. */
final class Arguments {
  private final Map<String, Object> values;

  Arguments(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** Each argument that is one value, as a file would write it. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (!(value instanceof List<?> || value instanceof Map<?, ?>)) {
        texts.put(name, text(value));
      }
    });
    return texts;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(Arguments::text);
  }

  /** A text within an argument that is an object. */
  Optional<String> text(String object, String name) {
    return values.get(object) instanceof Map<?, ?> fields
        ? Optional.ofNullable(fields.get(name)).map(Arguments::text)
        : Optional.empty();
  }

  String required(String name) {
    return text(name).orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
  }

  /** A list of texts; empty if it is not given. */
  List<String> list(String name) {
    return values.get(name) instanceof List<?> list
        ? list.stream().map(Arguments::text).toList()
        : List.of();
  }

  /** A whole number; the schema bounds it. */
  long whole(String name, long otherwise) {
    return values.get(name) instanceof Number number ? number.longValue() : otherwise;
  }

  OptionalDouble number(String name) {
    return values.get(name) instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  /** Agents write 300 and 300.0 for the same. */
  private static String text(Object value) {
    return value instanceof Number
        ? new BigDecimal(value.toString()).stripTrailingZeros().toPlainString()
        : value.toString();
  }
}
