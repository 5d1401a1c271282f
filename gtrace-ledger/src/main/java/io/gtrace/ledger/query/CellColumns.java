package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cells of roll-ups in memory, column by column, in the order of their hours: what has no time is
 * first. Immutable.
 */
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

  /** Adds cells one after the other, in their order. */
  static final class Builder {
    private final List<Driver> drivers;
    private final int[] hours;
    private final int[] kinds;
    private final long[] activities;
    private final double[][] volumes;
    private int added;

    /**
     * @param drivers those of which a cell may have a volume
     * @param count how many cells will be added
     */
    Builder(List<Driver> drivers, int count) {
      this.drivers = List.copyOf(drivers);
      hours = new int[count];
      kinds = new int[count];
      activities = new long[count];
      volumes = new double[drivers.size()][count];
    }

    /** Adds a cell without volumes. */
    void add(int hour, int kind, long activitiesOfCell) {
      hours[added] = hour;
      kinds[added] = kind;
      activities[added] = activitiesOfCell;
      added++;
    }

    /**
     * Tells a volume of the cell that was added last.
     *
     * @param driver its place among the drivers
     */
    void volume(int driver, double volume) {
      volumes[driver][added - 1] = volume;
    }

    CellColumns build() {
      return new CellColumns(hours, kinds, activities, drivers, volumes);
    }
  }

  int count() {
    return hours.length;
  }

  /** How much memory so many cells take with columns for so many drivers. */
  static long bytes(long count, int drivers) {
    return count * (2 * Integer.BYTES + Long.BYTES + (long) drivers * Double.BYTES);
  }

  /** The first cell of an hour or a later one; {@link #count} if there is none. */
  int firstFrom(int hour) {
    int low = 0;
    int high = hours.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hours[middle] < hour) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first hour that begins at a moment or later. */
  static int hourFrom(Instant moment) {
    long hour = Math.floorDiv(moment.getEpochSecond(), SECONDS_PER_HOUR);
    boolean begins = moment.equals(Instant.ofEpochSecond(hour * SECONDS_PER_HOUR));
    return (int) Math.min(Integer.MAX_VALUE, Math.max(NO_HOUR + 1L, begins ? hour : hour + 1));
  }

  /** The years of their hours, {@link #NO_YEAR} among them if some have no time. */
  Set<Integer> years() {
    Set<Integer> years = new HashSet<>();
    int last = NO_HOUR;
    for (int i = 0; i < hours.length; i++) {
      if (i == 0 || hours[i] != last) {
        last = hours[i];
        years.add(year(last));
      }
    }
    return years;
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

  /** Those of which a cell may have a volume. */
  List<Driver> drivers() {
    return drivers;
  }

  /**
   * The volumes of a driver by cell; not to be changed.
   *
   * @param driver its place among the drivers
   */
  double[] volumes(int driver) {
    return volumes[driver];
  }

  /** From its first hour to the end of its last; empty if no cell has a time. */
  Optional<Period> period() {
    int first = firstFrom(NO_HOUR + 1);
    return first == hours.length
        ? Optional.empty()
        : Optional.of(new Period(start(hours[first]), start(hours[hours.length - 1] + 1)));
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
