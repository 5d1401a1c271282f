package io.gtrace.ledger;

import io.gtrace.activity.Driver;
import io.gtrace.ledger.store.BatchFiles;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sums events by hour, team, app, model, site and modality, in a table {@code cell}, and prices the
 * sums, in a table {@code priced_cell}. Volumes are linear, so sums price to the sum of prices.
 */
final class EventRollup {
  /** What cells are told apart by. */
  static final String KEYS = "hour, team, app, model, accelerator, site, modality";

  /** The columns whose sums seals state. */
  static final List<String> SUMMED =
      Stream.concat(
              Stream.of("activities"), EventSchema.BASIC_IMPACTS.stream().map(EventSchema::column))
          .toList();

  private static final String ACTIVITIES =
      "(count(*) - 2 * count(*) FILTER (WHERE "
          + EventSchema.TAKES_BACK
          + "))::BIGINT AS activities";

  /** Of any amount: what is left of it after as much was taken off in another order. */
  private static final double NOTHING = 1e-6;

  private final LedgerDatabase database;

  /** The drivers of which the priced cells have volumes. */
  private List<Driver> priced = EventSchema.DRIVERS;

  /** What the table {@code unit_card} was made for: drivers, and which state of the card. */
  private List<Driver> unitDrivers = List.of();

  private int unitVersion;

  EventRollup(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * Sums events.
   *
   * @param events a table or view with the columns of events
   */
  void sum(String events) throws SQLException {
    database.execute(
        "CREATE OR REPLACE TABLE cell AS SELECT date_trunc('hour', \"at\") AS hour, team, app,"
            + " model, coalesce(accelerator, '') AS accelerator, site, modality, "
            + ACTIVITIES
            + ", "
            + sums(EnumSet.allOf(Driver.class))
            + " FROM "
            + events
            + " GROUP BY ALL");
  }

  /**
   * Sums events that have a number for all their texts.
   *
   * @param events a table or view with the columns of events, and a number for their texts
   * @param texts a table that tells the texts of each number
   * @param drivers those of which an event may have a volume
   */
  void sumByKind(String events, String texts, Set<Driver> drivers) throws SQLException {
    String names = Stream.of(Driver.values()).map(Driver::label).collect(Collectors.joining(", "));
    database.execute(
        "CREATE OR REPLACE TABLE cell AS SELECT hour, team, app, model, coalesce(accelerator, '')"
            + " AS accelerator, site, modality, activities, "
            + names
            + " FROM (SELECT date_trunc('hour', \"at\") AS hour, kind, "
            + ACTIVITIES
            + ", "
            + sums(drivers)
            + " FROM "
            + events
            + " GROUP BY ALL) JOIN "
            + texts
            + " USING (kind)");
  }

  private static String sums(Set<Driver> drivers) {
    return Stream.of(Driver.values())
        .map(driver ->
            (drivers.contains(driver) ? "sum(" + EventSchema.volume(driver) + ")" : "0::DOUBLE")
                + " AS "
                + driver.label())
        .collect(Collectors.joining(", "));
  }

  /**
   * Adds sums that were rolled up before.
   *
   * @param rollups a query of cells
   */
  void add(String rollups) throws SQLException {
    database.execute("INSERT INTO cell " + together(rollups));
  }

  /**
   * Sums what was rolled up elsewhere.
   *
   * @param rollups a query of cells
   */
  void sumRollups(String rollups) throws SQLException {
    database.execute("CREATE OR REPLACE TABLE cell AS " + together(rollups));
  }

  private static String together(String rollups) {
    String volumes =
        Stream.of(Driver.values())
            .map(driver -> "sum(" + driver.label() + ") AS " + driver.label())
            .collect(Collectors.joining(", "));
    return "SELECT "
        + KEYS
        + ", sum(activities)::BIGINT AS activities, "
        + volumes
        + " FROM ("
        + rollups
        + ") GROUP BY ALL";
  }

  /** Moves the cells, with all amounts negative, into a table of their own. */
  void takeOff(String table) throws SQLException {
    String negative =
        Stream.concat(Stream.of("activities"), Stream.of(Driver.values()).map(Driver::label))
            .map(name -> "-" + name + " AS " + name)
            .collect(Collectors.joining(", "));
    database.execute(
        "CREATE OR REPLACE TABLE " + table + " AS SELECT * REPLACE (" + negative + ") FROM cell");
    database.execute("DROP TABLE cell");
  }

  /** Drops cells of which nothing is left. */
  void dropEmpty() throws SQLException {
    String nothing =
        Stream.of(Driver.values())
            .map(driver -> " AND abs(" + driver.label() + ") < " + NOTHING)
            .collect(Collectors.joining());
    database.execute("DELETE FROM cell WHERE activities = 0" + nothing);
  }

  /**
   * Prices the cells by the tables {@code card_row} and {@code card_hour}.
   *
   * @param factorSet digest of the factors to price by
   * @param cardVersion the same as long as the tables say the same
   */
  void price(String factorSet, int cardVersion) throws SQLException {
    List<Driver> drivers = List.copyOf(database.driversOf("cell"));
    priced = drivers;
    if (!drivers.equals(unitDrivers) || unitVersion != cardVersion) {
      database.execute("CREATE OR REPLACE TABLE unit_card AS " + EventSchema.unitCard(drivers));
      unitDrivers = drivers;
      unitVersion = cardVersion;
    }
    String medians =
        EventSchema.BASIC_IMPACTS.stream()
            .map(impact ->
                EventSchema.median(impact, drivers, driver -> "cell." + driver.label())
                    + " AS "
                    + EventSchema.column(impact))
            .collect(Collectors.joining(", "));
    database.execute(
        "CREATE OR REPLACE TABLE priced_cell AS SELECT card.factor_set, "
            + Stream.of(KEYS.split(", "))
                .map(key -> "cell." + key + ", ")
                .collect(Collectors.joining())
            + "activities, "
            + drivers.stream()
                .map(driver -> "cell." + driver.label() + ", ")
                .collect(Collectors.joining())
            + medians
            + " FROM cell"
            + EventSchema.joinCard("cell", "hour", LedgerDatabase.text(factorSet))
            + EventSchema.joinHour("cell.hour"));
    long cells = database.number("SELECT count(*) FROM cell");
    long priced = database.number("SELECT count(*) FROM priced_cell");
    if (cells != priced) {
      throw new IllegalStateException(cells + " cells, of which the card prices " + priced);
    }
  }

  /** Writes the priced cells into the next batch. */
  void write(BatchFiles writer, Content content, Path file) throws SQLException {
    String volumes =
        EventSchema.DRIVERS.stream()
            .map(driver -> (priced.contains(driver) ? "" : "0::DOUBLE AS ") + driver.label() + ", ")
            .collect(Collectors.joining());
    database.copy(
        "SELECT factor_set, "
            + KEYS
            + ", activities, "
            + volumes
            + EventSchema.BASIC_IMPACTS.stream()
                .map(EventSchema::column)
                .collect(Collectors.joining(", "))
            + " FROM priced_cell",
        file);
    writer.add(
        content,
        file,
        database.number("SELECT count(*) FROM priced_cell"),
        SealedSums.of(database, "priced_cell", SUMMED));
  }
}
