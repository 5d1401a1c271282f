package io.gtrace.ledger.query;

import io.gtrace.ledger.store.LedgerDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which rates price which model at which site of a ledger, in memory. Immutable. */
final class CardRows {
  static final CardRows NONE = new CardRows(Map.of());

  private final Map<Key, Row> rows;

  private CardRows(Map<Key, Row> rows) {
    this.rows = Map.copyOf(rows);
  }

  /**
   * What a row is of.
   *
   * @param subject a model as it was logged, or an accelerator
   * @param site as it was logged
   * @param year 0 for what has no time
   */
  record Key(String factorSet, String subject, String modality, String site, int year) {}

  /**
   * A row.
   *
   * @param numbers what prices
   * @param model the canonical id
   * @param known whether the factors knew it
   * @param siteId of the site that stands for the one that was logged
   * @param zone of its grid
   * @param gridFactor how well the grid's factor fits what has a time
   */
  record Row(
      CardNumbers numbers,
      String model,
      boolean known,
      String siteId,
      String zone,
      String gridFactor) {}

  /** Reads the table {@code unit_card}. */
  static CardRows read(LedgerDatabase database) throws SQLException {
    Map<Key, Row> rows = new HashMap<>();
    try (Statement statement = database.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT factor_set, subject, modality, site, year, rates_no, site_no, variation,"
                    + " model, known, site_id, zone, grid_factor FROM unit_card")) {
      while (row.next()) {
        rows.put(
            new Key(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5)),
            new Row(
                new CardNumbers(row.getLong(6), row.getLong(7), row.getDouble(8)),
                row.getString(9),
                row.getBoolean(10),
                row.getString(11),
                row.getString(12),
                row.getString(13)));
      }
    }
    return new CardRows(rows);
  }

  /** The row; empty if the card has none, and so nothing is priced by it. */
  Optional<Row> find(Key key) {
    return Optional.ofNullable(rows.get(key));
  }
}
