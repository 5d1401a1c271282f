package io.gtrace.ledger;

import io.gtrace.ledger.store.LedgerDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums that seals state. */
final class SealedSums {
  private SealedSums() {}

  /**
   * Adds the sums of a query to those that are there.
   *
   * @param query answers with a key and then a number for each name
   * @param sums by key; sums of what is not known are left out
   */
  static void collect(
      LedgerDatabase database,
      String query,
      List<String> names,
      Map<String, Map<String, Double>> sums)
      throws SQLException {
    try (Statement statement = database.connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        Map<String, Double> ofKey =
            sums.computeIfAbsent(row.getString(1), key -> new LinkedHashMap<>());
        for (int i = 0; i < names.size(); i++) {
          double sum = row.getDouble(i + 2);
          // What is not known of all is not known of the sum.
          if (!Double.isNaN(sum)) {
            ofKey.put(names.get(i), sum);
          }
        }
      }
    }
  }

  /** The sums of a query that answers with one number for each name. */
  static Map<String, Double> of(LedgerDatabase database, String from, List<String> names)
      throws SQLException {
    Map<String, Map<String, Double>> sums = new LinkedHashMap<>();
    StringBuilder query = new StringBuilder("SELECT 'all'");
    names.forEach(name -> query.append(", sum(").append(name).append(")::DOUBLE"));
    collect(database, query + " FROM " + from, names, sums);
    return sums.getOrDefault("all", Map.of());
  }
}
