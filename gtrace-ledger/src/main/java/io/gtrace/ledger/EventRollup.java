package io.gtrace.ledger;

import io.gtrace.activity.Driver;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sums events by hour, team, app, model, site and modality, in a table {@code cell}, and prices the
 * sums, in a table {@code priced_cell}. Volumes are linear, so sums price to the sum of prices.
 */
final class EventRollup {
  private static final String KEYS = "hour, team, app, model, accelerator, site, modality";

  private final LedgerDatabase database;

  EventRollup(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * @param events a table or view with the columns of events
   */
  void sum(String events) throws SQLException {
    String volumes =
        Stream.of(Driver.values())
            .map(driver -> "sum(" + EventSchema.volume(driver) + ") AS " + driver.label())
            .collect(Collectors.joining(", "));
    database.execute(
        "CREATE OR REPLACE TABLE cell AS SELECT date_trunc('hour', \"at\") AS hour, team, app,"
            + " model, coalesce(accelerator, '') AS accelerator, site, modality,"
            + " sum(CASE WHEN "
            + EventSchema.TAKES_BACK
            + " THEN -1 ELSE 1 END)::BIGINT AS activities, "
            + volumes
            + " FROM "
            + events
            + " GROUP BY ALL");
  }

  /**
   * Adds sums that were rolled up before.
   *
   * @param rollups a query of cells
   */
  void add(String rollups) throws SQLException {
    String volumes =
        Stream.of(Driver.values())
            .map(driver -> "sum(" + driver.label() + ") AS " + driver.label())
            .collect(Collectors.joining(", "));
    database.execute(
        "INSERT INTO cell SELECT "
            + KEYS
            + ", sum(activities)::BIGINT AS activities, "
            + volumes
            + " FROM ("
            + rollups
            + ") GROUP BY ALL");
  }

  /**
   * Prices the cells by the tables {@code card_row} and {@code card_hour}.
   *
   * @param factorSet digest of the factors to price by
   */
  void price(String factorSet) throws SQLException {
    String medians =
        EventSchema.BASIC_IMPACTS.stream()
            .map(impact ->
                EventSchema.median(impact, "volumes") + " AS " + EventSchema.column(impact))
            .collect(Collectors.joining(", "));
    database.execute(
        "CREATE OR REPLACE TABLE priced_cell AS SELECT card.factor_set, cell.* EXCLUDE (volumes), "
            + medians
            + " FROM (SELECT *, "
            + EventSchema.volumes(true)
            + " AS volumes FROM cell) AS cell"
            + EventSchema.joinCard("cell", "hour", LedgerDatabase.text(factorSet)));
    long cells = database.number("SELECT count(*) FROM cell");
    long priced = database.number("SELECT count(*) FROM priced_cell");
    if (cells != priced) {
      throw new IllegalStateException(cells + " cells, of which the card prices " + priced);
    }
  }

  /** Writes the priced cells into the next batch. */
  void write(LedgerWriter writer, Content content, Path file) throws SQLException {
    database.copy("SELECT * FROM priced_cell ORDER BY hour, team, app, model, site", file);
    List<String> names = new ArrayList<>(List.of("activities"));
    names.addAll(EventSchema.BASIC_IMPACTS.stream().map(EventSchema::column).toList());
    writer.add(
        content,
        file,
        database.number("SELECT count(*) FROM priced_cell"),
        SealedSums.of(database, "priced_cell", names));
  }
}
