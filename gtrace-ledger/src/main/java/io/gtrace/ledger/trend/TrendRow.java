package io.gtrace.ledger.trend;

import java.util.Map;

/**
 * A row of a table.
 *
 * @param line where it begins in its file, from 1
 * @param cells by the name of their column; none where there is no value
 */
record TrendRow(long line, Map<String, String> cells) {
  TrendRow {
    cells = Map.copyOf(cells);
  }

  String cell(String column) {
    return cells.getOrDefault(column, "").strip();
  }
}
