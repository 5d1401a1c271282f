package io.gtrace.ledger.trend;

import io.gtrace.ledger.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Tables of JSON files: an array of objects, an object with such an array (as in the Wikimedia
 * API's {@code items}), or one object a line.
 */
final class JsonTable {
  private final String name;
  private final Set<String> columns = new LinkedHashSet<>();
  private final List<TrendRow> rows = new ArrayList<>();

  private JsonTable(String name) {
    this.name = name;
  }

  /**
   * @throws TrendFileException if it is not JSON or holds no objects
   */
  static TrendTable read(String name, String text) {
    JsonTable table = new JsonTable(name);
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
          table.object(json);
        }
      }
    } catch (JacksonException broken) {
      int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
      throw new TrendFileException(
          name + ", line " + line + ": is not JSON that can be read; it goes wrong there", broken);
    }
    if (table.rows.isEmpty()) {
      throw new TrendFileException(name + ": there is no JSON object with figures in it");
    }
    return new TrendTable(List.copyOf(table.columns), table.rows, false, List.of());
  }

  /** An object is a row of its plain values; objects inside of its arrays are rows of their own. */
  private void object(JsonParser json) {
    long line = json.currentTokenLocation().getLineNr();
    Map<String, String> cells = new LinkedHashMap<>();
    boolean holdsRows = false;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String column = json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_ARRAY) {
        holdsRows |= array(json);
      } else if (token == JsonToken.START_OBJECT) {
        json.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        cells.put(column, json.getString());
      }
    }
    if (!holdsRows && !cells.isEmpty()) {
      cells.keySet().forEach(this::column);
      rows.add(new TrendRow(line, cells));
    }
  }

  private void column(String column) {
    if (columns.size() > 1_000) {
      throw new TrendFileException(
          name + ": has more than 1,000 different fields, such as '" + Excerpt.of(column) + "'");
    }
    columns.add(column);
  }

  private boolean array(JsonParser json) {
    boolean holdsRows = false;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        object(json);
        holdsRows = true;
      } else {
        json.skipChildren();
      }
    }
    return holdsRows;
  }
}
