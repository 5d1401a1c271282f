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
  private static final int DRIVERS = Driver.values().length;

  private final CellTable cells;
  private final boolean withinHours;
  private final double[] volumes = new double[DRIVERS];
  private final double[] locationBased = new double[DRIVERS];
  private final double[] marketBased = new double[DRIVERS];

  /**
   * @param withinHours whether all cells of a group are of one hour, and so are weighted alike
   */
  SummedVolumes(CellTable cells, boolean withinHours) {
    this.cells = cells;
    this.withinHours = withinHours;
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

  private String weighted(Driver driver, Impact impact) {
    return ", sum(" + cells.volume(driver, impact) + ")";
  }

  /**
   * Reads those of one group.
   *
   * @param first their first column
   * @param hourOfSlot the hours of the site of the group
   */
  void read(ResultSet row, int first, IntFunction<HourRatios> hourOfSlot) throws SQLException {
    int count = cells.drivers().size();
    for (int d = 0; d < count; d++) {
      int driver = cells.drivers().get(d).ordinal();
      volumes[driver] = row.getDouble(first + d);
    }
    if (withinHours) {
      int slot = row.getInt(first + count);
      HourRatios hour = row.wasNull() ? HourRatios.OF_YEAR : hourOfSlot.apply(slot);
      weigh(hour.locationBased(), locationBased);
      weigh(hour.marketBased(), marketBased);
      return;
    }
    for (int d = 0; d < count; d++) {
      int driver = cells.drivers().get(d).ordinal();
      locationBased[driver] = row.getDouble(first + count + d);
      marketBased[driver] = row.getDouble(first + 2 * count + d);
    }
  }

  private void weigh(double ratio, double[] weighted) {
    for (int driver = 0; driver < DRIVERS; driver++) {
      weighted[driver] = volumes[driver] * ratio;
    }
  }

  /** What was taken back leaves nothing, but for the last digits. */
  static double notNegative(double sum) {
    return Math.max(0, sum);
  }

  /** The volume of a driver in the group that was read last. */
  double of(Driver driver) {
    return volumes[driver.ordinal()];
  }

  /** The group that was read last as work at a row of the card. */
  HourlyWork at(DrawnRow row) {
    return new HourlyWork(
        row,
        driver -> volumes[driver.ordinal()],
        driver -> locationBased[driver.ordinal()],
        driver -> marketBased[driver.ordinal()]);
  }
}
