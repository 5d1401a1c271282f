package io.gtrace.ledger;

import io.gtrace.ledger.TextLines.Line;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
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
  private final Set<UsageColumn> known = EnumSet.noneOf(UsageColumn.class);
  private final Set<String> unknown = new LinkedHashSet<>();
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
    sink.unknown(new UnknownNames(unknown, known));
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
      RowValues values = new RowValues();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        field(parser, values);
      }
      if (parser.nextToken() != null) {
        sink.refused(line.number(), "the line holds more than one JSON object", line.text());
        return;
      }
      sink.row(values.row(line.number(), source.defaults()));
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

  private void field(JsonParser parser, RowValues values) {
    String name = parser.currentName();
    Optional<UsageColumn> column = UsageColumn.named(name);
    JsonToken token = parser.nextToken();
    boolean nested = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
    if (nested) {
      parser.skipChildren();
    }
    if (column.isEmpty()) {
      keep(unknown, name);
      return;
    }
    known.add(column.get());
    if (nested) {
      keep(unread, "'" + Excerpt.of(name) + "'");
      values.fault(
          column.get(),
          "must be a "
              + (column.get().isAmount() ? "number" : "text")
              + (token == JsonToken.START_ARRAY ? ", not a list" : ", not an object"));
    } else if (token != JsonToken.VALUE_NULL) {
      values.put(column.get(), parser.getString());
    }
  }

  private static void keep(Set<String> names, String name) {
    if (names.size() < MAX_UNREAD_NAMES) {
      names.add(name);
    }
  }
}
