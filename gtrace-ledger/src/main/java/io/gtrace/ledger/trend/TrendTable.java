package io.gtrace.ledger.trend;

import java.util.List;

/**
 * A table as it stands in a file, before anyone says what its columns mean.
 *
 * @param columns distinct names, in their order
 * @param hasPreamble whether lines that are no rows stand before its header
 * @param refused lines that are no rows, with the reason
 */
record TrendTable(
    List<String> columns, List<TrendRow> rows, boolean hasPreamble, List<String> refused) {
  TrendTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    refused = List.copyOf(refused);
  }
}
