package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ratecard.DrawnRow;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.HourlyWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The volumes of groups of cells in a query and, row by row, in its answer. Those of a group are
 * negative where it takes back what others booked.
 */
final class SummedVolumes {
  private final CellTable cells;
  private final boolean withinHours;
  private final int[] positions = new int[Driver.values().length];

  /**
   * @param withinHours whether all cells of a group are of one hour, and so are weighted alike
   */
  SummedVolumes(CellTable cells, boolean withinHours) {
    this.cells = cells;
    this.withinHours = withinHours;
    for (Driver driver : Driver.values()) {
      positions[driver.ordinal()] = cells.drivers().indexOf(driver);
    }
  }

  /** What a query asks for, after a comma. */
  String columns() {
    Stream<String> sums =
        cells.drivers().stream().map(driver -> ", sum(cell." + driver.label() + ")");
    Stream<String> weights =
        withinHours
            ? Stream.of(", min(" + EventSchema.slot("cell.hour") + ")")
            : EventSchema.HOURLY_IMPACTS.stream()
                .flatMap(
                    impact -> cells.drivers().stream().map(driver -> weighted(driver, impact)));
    return Stream.concat(sums, weights).collect(Collectors.joining());
  }

  /** How many columns these are. */
  int columnCount() {
    int count = cells.drivers().size();
    return withinHours ? count + 1 : count * (1 + EventSchema.HOURLY_IMPACTS.size());
  }

  private String weighted(Driver driver, Impact impact) {
    return ", sum(" + cells.volume(driver, impact) + ")";
  }

  /**
   * Reads those of one group.
   *
   * @param first their first column
   */
  Amounts read(ResultSet row, int first) throws SQLException {
    int count = cells.drivers().size();
    double[] volumes = numbers(row, first, count);
    if (withinHours) {
      int slot = row.getInt(first + count);
      return new Amounts(volumes, volumes, volumes, row.wasNull() ? WorkOfHour.NO_TIME : slot);
    }
    return new Amounts(
        volumes,
        numbers(row, first + count, count),
        numbers(row, first + 2 * count, count),
        WorkOfHour.NO_TIME);
  }

  private static double[] numbers(ResultSet row, int first, int count) throws SQLException {
    double[] numbers = new double[count];
    for (int d = 0; d < count; d++) {
      numbers[d] = row.getDouble(first + d);
    }
    return numbers;
  }

  /** What was taken back leaves nothing, but for the last digits. */
  static double notNegative(double sum) {
    return Math.max(0, sum);
  }

  /** The volumes of one group. */
  final class Amounts {
    private final double[] volumes;
    private final double[] locationBased;
    private final double[] marketBased;
    private final int slot;

    /**
     * @param slot the hour that weights them all; none where they are weighted already
     */
    private Amounts(double[] volumes, double[] locationBased, double[] marketBased, int slot) {
      this.volumes = volumes;
      this.locationBased = locationBased;
      this.marketBased = marketBased;
      this.slot = slot;
    }

    /** The volume of a driver. */
    double of(Driver driver) {
      return at(volumes, driver);
    }

    private double at(double[] amounts, Driver driver) {
      int position = positions[driver.ordinal()];
      return position < 0 ? 0 : amounts[position];
    }

    /**
     * The group as work at a row of the card.
     *
     * @param hourOfSlot the hours of its site
     */
    HourlyWork at(DrawnRow row, IntFunction<HourRatios> hourOfSlot) {
      HourRatios hour = slot == WorkOfHour.NO_TIME ? HourRatios.OF_YEAR : hourOfSlot.apply(slot);
      return new HourlyWork(
          row,
          this::of,
          driver -> at(locationBased, driver) * hour.locationBased(),
          driver -> at(marketBased, driver) * hour.marketBased());
    }
  }
}
