package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.RollupFiles;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Sums cells of roll-ups that are alike, and reads the sums into memory. */
final class CellReader {
  private static final List<String> KIND =
      List.of("team", "app", "model", "accelerator", "site", "modality", "factor_set");

  private static final int MILLISECONDS_PER_HOUR = 3_600_000;

  private final LedgerDatabase database;
  private final CellKinds kinds;
  private List<Driver> drivers = List.of();
  private int[] numbers = {};

  /**
   * @param kinds to be added to
   */
  CellReader(LedgerDatabase database, CellKinds kinds) {
    this.database = database;
    this.kinds = kinds;
  }

  /**
   * Sums the cells of files by hour and kind: many batches tell of the same.
   *
   * @return how many there are then
   */
  int sum(Collection<Path> files) throws SQLException {
    String cells = RollupFiles.cells(database, files);
    numbers = readKinds(cells);
    drivers = List.copyOf(database.driversOf(cells));
    String sameKind =
        KIND.stream()
            .map(name -> "coalesce(cell." + name + ", '') = kind." + name)
            .collect(Collectors.joining(" AND "));
    String volumes =
        drivers.stream()
            .map(each -> ", sum(" + each.label() + ") AS " + each.label())
            .collect(Collectors.joining());
    database.execute(
        "CREATE OR REPLACE TEMP TABLE sum_of_cells AS SELECT (epoch_ms(hour) // "
            + MILLISECONDS_PER_HOUR
            + ")::INTEGER AS hour, kind.number AS kind, sum(activities)::BIGINT AS activities"
            + volumes
            + " FROM "
            + cells
            + " AS cell JOIN kind ON "
            + sameKind
            + " GROUP BY ALL");
    return Math.toIntExact(database.number("SELECT count(*) FROM sum_of_cells"));
  }

  /** The drivers of which what was summed has a volume. */
  List<Driver> drivers() {
    return drivers;
  }

  /**
   * What was summed, in the order of its hours.
   *
   * @param count of it
   */
  CellColumns read(int count) throws SQLException {
    CellColumns.Builder columns = new CellColumns.Builder(drivers, count);
    String query =
        "SELECT hour, kind, activities"
            + drivers.stream().map(each -> ", " + each.label()).collect(Collectors.joining())
            + " FROM sum_of_cells ORDER BY hour NULLS FIRST";
    try (Statement statement = database.connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        int hour = row.getInt(1);
        boolean hasTime = !row.wasNull();
        columns.add(hasTime ? hour : CellColumns.NO_HOUR, numbers[row.getInt(2)], row.getLong(3));
        for (int d = 0; d < drivers.size(); d++) {
          columns.volume(d, row.getDouble(4 + d));
        }
      }
    }
    return columns.build();
  }

  /**
   * Numbers the kinds of some cells in a table {@code kind}: to make texts of them for each cell
   * would take longest of all.
   *
   * @return what {@link CellKinds} call them, by their numbers in the table
   */
  private int[] readKinds(String cells) throws SQLException {
    String parts =
        KIND.stream()
            .map(name -> "coalesce(" + name + ", '') AS " + name)
            .collect(Collectors.joining(", "));
    database.execute(
        "CREATE OR REPLACE TEMP TABLE kind AS SELECT (row_number() OVER () - 1)::INTEGER AS number,"
            + " * FROM (SELECT DISTINCT "
            + parts
            + " FROM "
            + cells
            + ")");
    int[] numbers = new int[Math.toIntExact(database.number("SELECT count(*) FROM kind"))];
    try (Statement statement = database.connection().createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM kind")) {
      while (row.next()) {
        numbers[row.getInt("number")] =
            kinds.numberOf(
                new CellKind(
                    kinds.text(row.getString("team")),
                    kinds.text(row.getString("app")),
                    kinds.text(row.getString("model")),
                    kinds.text(row.getString("accelerator")),
                    kinds.text(row.getString("site")),
                    kinds.text(row.getString("modality")),
                    kinds.text(row.getString("factor_set"))));
      }
    }
    return numbers;
  }
}
