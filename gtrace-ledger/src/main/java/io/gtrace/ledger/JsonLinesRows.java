package io.gtrace.ledger;

import io.gtrace.ledger.TextLines.Line;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Rows of a file with one JSON object a line. */
final class JsonLinesRows {
  private static final int LINES_BETWEEN_PROGRESS = 10_000;
  private static final int MAX_UNREAD_NAMES = 20;

  private final UsageSource source;
  private final TextLines lines;
  private final RowSink sink;
  private final JsonFactory json = new JsonFactory();
  private final Set<String> unread = new LinkedHashSet<>();

  JsonLinesRows(UsageSource source, TextLines lines, RowSink sink) {
    this.source = source;
    this.lines = lines;
    this.sink = sink;
  }

  void read() throws IOException {
    for (Optional<Line> next = lines.next(); next.isPresent(); next = lines.next()) {
      if (next.get() instanceof Line.Text line) {
        if (!line.text().isBlank()) {
          row(line);
        }
      } else if (next.get() instanceof Line.Unreadable bad) {
        sink.refused(bad.number(), bad.reason(), "");
      }
      if (next.get().number() % LINES_BETWEEN_PROGRESS == 0) {
        sink.progress(lines.bytesRead());
      }
    }
    if (!unread.isEmpty()) {
      sink.note("fields not read: " + String.join(", ", unread));
    }
  }

  private void row(Line.Text line) {
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), line.text())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        sink.refused(line.number(), "the line is not a JSON object", line.text());
        return;
      }
      Map<UsageColumn, String> values = new EnumMap<>(UsageColumn.class);
      values.putAll(source.defaults());
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        field(parser, values);
      }
      if (parser.nextToken() != null) {
        sink.refused(line.number(), "the line holds more than one JSON object", line.text());
        return;
      }
      sink.row(new UsageRow(line.number(), values));
    } catch (JacksonException broken) {
      sink.refused(
          line.number(), "the line is not JSON: " + broken.getOriginalMessage(), line.text());
    }
  }

  private void field(JsonParser parser, Map<UsageColumn, String> values) {
    String name = parser.currentName();
    Optional<UsageColumn> column = UsageColumn.named(name);
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      parser.skipChildren();
      column = Optional.empty();
    }
    if (column.isEmpty()) {
      if (unread.size() < MAX_UNREAD_NAMES) {
        unread.add("'" + Excerpt.of(name) + "'");
      }
      return;
    }
    String value = token == JsonToken.VALUE_NULL ? "" : parser.getString().strip();
    if (!value.isEmpty()) {
      values.put(column.get(), value);
    }
  }
}
