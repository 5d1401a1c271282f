package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;

/** Cells of roll-ups in memory, column by column. Immutable. */
final class CellColumns {
  /** The hour of what has no time. */
  static final int NO_HOUR = Integer.MIN_VALUE;

  /** The year of what has no time. */
  static final int NO_YEAR = 0;

  private static final long SECONDS_PER_HOUR = 3_600;

  private final int[] hours;
  private final int[] kinds;
  private final long[] activities;
  private final List<Driver> drivers;

  /** By driver, then by cell. */
  private final double[][] volumes;

  private CellColumns(
      int[] hours, int[] kinds, long[] activities, List<Driver> drivers, double[][] volumes) {
    this.hours = hours;
    this.kinds = kinds;
    this.activities = activities;
    this.drivers = drivers;
    this.volumes = volumes;
  }

  /** Adds cells one after the other. */
  static final class Builder {
    private static final int FIRST_SIZE = 256;

    private final List<Driver> drivers;
    private int count;
    private int[] hours = new int[FIRST_SIZE];
    private int[] kinds = new int[FIRST_SIZE];
    private long[] activities = new long[FIRST_SIZE];
    private final double[][] volumes;

    /**
     * @param drivers those of which a cell may have a volume
     */
    Builder(List<Driver> drivers) {
      this.drivers = List.copyOf(drivers);
      volumes = new double[drivers.size()][FIRST_SIZE];
    }

    /** Adds a cell without volumes. */
    void add(int hour, int kind, long activitiesOfCell) {
      if (count == hours.length) {
        resize(2 * count);
      }
      hours[count] = hour;
      kinds[count] = kind;
      activities[count] = activitiesOfCell;
      count++;
    }

    /**
     * Tells a volume of the cell that was added last.
     *
     * @param driver its place among the drivers
     */
    void volume(int driver, double volume) {
      volumes[driver][count - 1] = volume;
    }

    private void resize(int size) {
      hours = Arrays.copyOf(hours, size);
      kinds = Arrays.copyOf(kinds, size);
      activities = Arrays.copyOf(activities, size);
      for (int d = 0; d < volumes.length; d++) {
        volumes[d] = Arrays.copyOf(volumes[d], size);
      }
    }

    /** The cells, without columns of drivers that have no volume in any of them. */
    CellColumns build() {
      resize(count);
      List<Driver> filled = new ArrayList<>();
      List<double[]> columns = new ArrayList<>();
      for (int d = 0; d < volumes.length; d++) {
        if (Arrays.stream(volumes[d]).anyMatch(volume -> volume != 0)) {
          filled.add(drivers.get(d));
          columns.add(volumes[d]);
        }
      }
      return new CellColumns(
          hours, kinds, activities, List.copyOf(filled), columns.toArray(double[][]::new));
    }
  }

  int count() {
    return hours.length;
  }

  /** The hour of a cell, counted from 1970, UTC; {@link #NO_HOUR} if it has no time. */
  int hour(int cell) {
    return hours[cell];
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
        : Optional.of(Instant.ofEpochSecond(hour * SECONDS_PER_HOUR));
  }

  /** The year of an hour, by which cards price; {@link #NO_YEAR} if it is {@link #NO_HOUR}. */
  static int year(int hour) {
    return start(hour).map(moment -> moment.atOffset(ZoneOffset.UTC).getYear()).orElse(NO_YEAR);
  }
}
