package io.gtrace.ledger;

import io.gtrace.ledger.format.JsonFault;
import io.gtrace.ledger.format.LineFormat;
import io.gtrace.ledger.format.ObjectReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Rows of JSON objects of which the fields have the names of columns. */
final class PlainObjects implements ObjectReader {
  private static final int MAX_UNREAD_NAMES = 20;

  /** Whoever has more of them has a new one in each record. */
  private static final int MAX_NAMES = 1_000;

  private final Map<UsageColumn, String> defaults;
  private final RowSink sink;
  private final Map<String, Optional<UsageColumn>> columns = new HashMap<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private final Set<UsageColumn> known = EnumSet.noneOf(UsageColumn.class);
  private final Set<String> unknown = new LinkedHashSet<>();
  private final Set<String> unread = new LinkedHashSet<>();
  private long line = NONE;
  private boolean grows;

  /**
   * @param defaults hold for objects that do not say otherwise
   */
  PlainObjects(Map<UsageColumn, String> defaults, RowSink sink) {
    this.defaults = defaults;
    this.sink = sink;
  }

  @Override
  public void read(JsonParser parser, Place place) {
    line =
        place.held()
            ? place.firstLine()
            : place.firstLine() + Math.max(1, parser.currentTokenLocation().getLineNr()) - 1;
    RowValues values = new RowValues();
    grows = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      field(parser, name, values);
    }
    UsageRow told = values.row(line, defaults);
    UsageRow row = grows ? told.thatGrows() : told;
    waiting.add(() -> sink.row(row));
    line = NONE;
  }

  private void field(JsonParser parser, String name, RowValues values) {
    Optional<UsageColumn> column = columnNamed(name);
    JsonToken token = parser.nextToken();
    boolean nested = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
    if (nested) {
      parser.skipChildren();
    }
    if (name.equals(LineFormat.GROWS)) {
      grows = token == JsonToken.VALUE_TRUE;
      return;
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

  private Optional<UsageColumn> columnNamed(String name) {
    Optional<UsageColumn> column = columns.get(name);
    if (column == null) {
      column = UsageColumn.named(name);
      if (columns.size() < MAX_NAMES) {
        columns.put(name, column);
      }
    }
    return column;
  }

  /** Takes the name of a field that was met elsewhere. */
  void met(String name) {
    if (name.equals(LineFormat.GROWS)) {
      return;
    }
    columnNamed(name).ifPresentOrElse(known::add, () -> keep(unknown, name));
  }

  private static void keep(Set<String> names, String name) {
    if (names.size() < MAX_UNREAD_NAMES) {
      names.add(name);
    }
  }

  @Override
  public void release() {
    waiting.forEach(Runnable::run);
    waiting.clear();
  }

  @Override
  public void drop() {
    waiting.clear();
    line = NONE;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public void refused(JsonFault fault) {
    String shown =
        fault.at() < 0
            ? ""
            : ", at '"
                + Excerpt.of(fault.text().substring(fault.at()))
                + "'; write one object a line";
    waiting.add(() -> sink.refused(fault.line(), fault.reason() + shown, fault.text()));
  }

  @Override
  public void progress(long bytes) {
    sink.progress(bytes);
  }

  /** To be called at the end: names in the text that mean no column. */
  void tellUnread() {
    sink.unknown(new UnknownNames(unknown, known));
    if (!unread.isEmpty()) {
      sink.note("fields not read: " + String.join(", ", unread));
    }
  }
}
