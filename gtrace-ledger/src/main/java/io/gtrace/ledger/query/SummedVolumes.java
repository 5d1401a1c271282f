package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.store.EventSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The volumes of groups of cells in a query and, row by row, in its answer. */
final class SummedVolumes {
  private final CellTable cells;
  private final Amounts.Columns columns;
  private final boolean withinHours;

  /**
   * @param withinHours whether all cells of a group are of one hour, and so are weighted alike
   */
  SummedVolumes(CellTable cells, boolean withinHours) {
    this.cells = cells;
    this.withinHours = withinHours;
    columns = new Amounts.Columns(cells.drivers());
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
    int count = columns.count();
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
    int count = columns.count();
    double[] volumes = numbers(row, first, count);
    if (withinHours) {
      int slot = row.getInt(first + count);
      return Amounts.ofHour(columns, volumes, row.wasNull() ? WorkOfHour.NO_TIME : slot);
    }
    return Amounts.weighted(
        columns,
        volumes,
        numbers(row, first + count, count),
        numbers(row, first + 2 * count, count));
  }

  private static double[] numbers(ResultSet row, int first, int count) throws SQLException {
    double[] numbers = new double[count];
    for (int d = 0; d < count; d++) {
      numbers[d] = row.getDouble(first + d);
    }
    return numbers;
  }
}
