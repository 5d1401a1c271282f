package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.RollupFiles;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Cells of roll-ups in memory, column by column. Immutable. */
final class CellColumns {
  /** The hour of what has no time. */
  static final int NO_HOUR = Integer.MIN_VALUE;

  private static final int SECONDS_PER_HOUR = 3_600;
  private static final int KEYS = 9;
  private static final int FIRST_SIZE = 256;

  private final int[] hours;
  private final int[] kinds;
  private final long[] activities;
  private final List<Driver> drivers;

  /** By driver, then by cell. */
  private final double[][] volumes;

  private CellColumns(Reader read) {
    hours = Arrays.copyOf(read.hours, read.count);
    kinds = Arrays.copyOf(read.kinds, read.count);
    activities = Arrays.copyOf(read.activities, read.count);
    drivers = new ArrayList<>();
    List<double[]> filled = new ArrayList<>();
    for (int d = 0; d < read.volumes.length; d++) {
      double[] column = Arrays.copyOf(read.volumes[d], read.count);
      if (Arrays.stream(column).anyMatch(volume -> volume != 0)) {
        drivers.add(EventSchema.DRIVERS.get(d));
        filled.add(column);
      }
    }
    volumes = filled.toArray(double[][]::new);
  }

  /** Reads all cells of files. */
  static CellColumns read(LedgerDatabase database, Collection<Path> files, CellKinds kinds)
      throws SQLException {
    String volumes =
        EventSchema.DRIVERS.stream()
            .map(driver -> ", " + driver.label())
            .collect(Collectors.joining());
    String query =
        "SELECT (epoch(hour) / "
            + SECONDS_PER_HOUR
            + ")::INTEGER, team, app, model, accelerator, site, modality, factor_set, activities"
            + volumes
            + " FROM "
            + RollupFiles.cells(database, files)
            + " ORDER BY hour";
    Reader reader = new Reader(kinds);
    try (Statement statement = database.connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        reader.add(row);
      }
    }
    return new CellColumns(reader);
  }

  /** Columns that grow. */
  private static final class Reader {
    private final CellKinds numbers;
    private int count;
    private int[] hours = new int[FIRST_SIZE];
    private int[] kinds = new int[FIRST_SIZE];
    private long[] activities = new long[FIRST_SIZE];
    private final double[][] volumes = new double[EventSchema.DRIVERS.size()][FIRST_SIZE];

    Reader(CellKinds numbers) {
      this.numbers = numbers;
    }

    void add(ResultSet row) throws SQLException {
      if (count == hours.length) {
        grow(2 * count);
      }
      int hour = row.getInt(1);
      hours[count] = row.wasNull() ? NO_HOUR : hour;
      kinds[count] =
          numbers.numberOf(
              new CellKind(
                  text(row, 2),
                  text(row, 3),
                  text(row, 4),
                  text(row, 5),
                  text(row, 6),
                  text(row, 7),
                  text(row, 8)));
      activities[count] = row.getLong(KEYS);
      for (int d = 0; d < volumes.length; d++) {
        volumes[d][count] = row.getDouble(KEYS + 1 + d);
      }
      count++;
    }

    private static String text(ResultSet row, int column) throws SQLException {
      String text = row.getString(column);
      return text == null ? "" : text;
    }

    private void grow(int size) {
      hours = Arrays.copyOf(hours, size);
      kinds = Arrays.copyOf(kinds, size);
      activities = Arrays.copyOf(activities, size);
      for (int d = 0; d < volumes.length; d++) {
        volumes[d] = Arrays.copyOf(volumes[d], size);
      }
    }
  }

  int count() {
    return hours.length;
  }

  /** The hour of a cell, counted from 1970, UTC; {@link #NO_HOUR} if it has no time. */
  int hour(int cell) {
    return hours[cell];
  }

  /** From its first hour to the end of its last; empty if no cell has a time. */
  Optional<Period> period() {
    IntSummaryStatistics timed =
        Arrays.stream(hours).filter(hour -> hour != NO_HOUR).summaryStatistics();
    return timed.getCount() == 0
        ? Optional.empty()
        : Optional.of(new Period(start(timed.getMin()), start(timed.getMax() + 1)));
  }

  /** When an hour begins; empty if it is {@link #NO_HOUR}. */
  static Optional<Instant> start(int hour) {
    return hour == NO_HOUR
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond((long) hour * SECONDS_PER_HOUR));
  }

  /** The number of the kind of a cell. */
  int kind(int cell) {
    return kinds[cell];
  }

  long activities(int cell) {
    return activities[cell];
  }

  /** Those of which any cell has a volume. */
  List<Driver> drivers() {
    return drivers;
  }

  /**
   * The volume of a driver of a cell.
   *
   * @param driver its place among the drivers
   */
  double volume(int driver, int cell) {
    return volumes[driver][cell];
  }
}
