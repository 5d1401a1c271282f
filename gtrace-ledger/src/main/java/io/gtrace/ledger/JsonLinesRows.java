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
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
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
        sink.refused(bad.number(), bad.reason(), bad.shown());
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
      sink.refused(line.number(), inWords(broken, line.text()), line.text());
    }
  }

  private static String inWords(JacksonException broken, String line) {
    if (broken instanceof UnexpectedEndOfInputException) {
      return "the line ends before its JSON object does; write one object a line";
    }
    if (broken instanceof StreamConstraintsException) {
      return "the line nests too deeply, or holds too long a name or number";
    }
    int at = broken.getLocation() == null ? 0 : broken.getLocation().getColumnNr() - 1;
    int from = Math.max(0, Math.min(at, line.length() - 1));
    return "the line is not JSON: it goes wrong at character "
        + (from + 1)
        + ", at '"
        + Excerpt.of(line.substring(from))
        + "'; write one object a line";
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
